"""Every row of the edition, by its samples."""

from __future__ import annotations

import pytest

from appliance.rules import engine
from appliance.rules.kinds import KINDS
from appliance.rules.load import load
from tests.rules.samples import Sample, complete, samples

EDITION = load("2024")
RULES = {rule.id: rule for rule in EDITION.rules}
SAMPLES = list(samples())


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: f"{sample.rule}: {sample.id}")
def test_a_rule_says_what_its_sample_expects(sample: Sample) -> None:
    rule = RULES[sample.rule]
    remarks = list(KINDS[rule.kind].judge(rule, sample.facts, EDITION)) if engine.applies(rule, sample.facts) else []
    findings = [one for one in engine.check(sample.facts, EDITION) if one.rule == rule.id]
    assert tuple(remark.case for remark in remarks) == sample.cases
    assert len(findings) == len(sample.cases)
    assert [text for one in findings for text in (one.says, one.fix) if not text or "{" in text] == []


def test_every_row_has_a_sample_that_passes_and_one_for_every_case() -> None:
    shown = {(sample.rule, case) for sample in SAMPLES for case in sample.cases or ("",)}
    wanted = {(rule.id, case) for rule in EDITION.rules for case in ("", *rule.cases)}
    assert sorted(wanted - shown) == []


@pytest.mark.parametrize(("category", "stage"), [("subject", "primary"), ("subject", "senior"), ("special", "junior"),
                                                ("experiment", "primary")])  # fmt: skip
def test_a_lesson_as_the_notice_asks_passes_with_nothing_but_the_card_to_read(category: str, stage: str) -> None:
    findings = engine.check(complete(category, stage), EDITION)
    assert [(one.severity, one.outcome, one.rule.endswith("title-card")) for one in findings] == [
        ("info", "needs a person", True)
    ]
    assert engine.verdict(findings) == "pass"
