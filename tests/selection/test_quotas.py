"""Quotas, nodes and shares."""

from __future__ import annotations

from fractions import Fraction

import pytest

from appliance.rules.load import load
from appliance.selection.quotas import Entry, Quota, Remark, check, node_of

EDITION = load("2024")
NAMES = {**EDITION.categories, **EDITION.stages}


def entry(no: int, subject: str = "数学", category: str = "subject", node: str = "", chosen: bool = True) -> Entry:
    return Entry(no, f"课例{no}", category, "primary", subject, node or f"node-{no}", chosen)


def remarks(entries, quotas=(), reasons=None) -> list[Remark]:
    return check(entries, quotas, reasons or {}, EDITION.selection, NAMES)


@pytest.mark.clause("P5a", "附件2")
def test_a_quota_counts_the_chosen_of_its_category_stage_and_subject() -> None:
    entries = [entry(1), entry(2), entry(3, "语文"), entry(4, chosen=False)]
    rows = [Quota("subject", "primary", "数学", number=1), Quota(number=3)]
    assert remarks(entries, rows)[:2] == [
        Remark("error", "学科课程·小学·数学：已定 2 节，名额 1 节，多 1 节", (1, 2)),
        Remark("info", "全部课例：已定 3 节，名额 3 节", (1, 2, 3)),
    ]


def test_a_ratio_is_of_what_was_handed_in_and_never_rounds_up() -> None:
    entries = [entry(no, chosen=no == 1) for no in range(1, 6)]
    assert Quota(ratio=Fraction("0.5")).most(entries) == 2
    assert remarks(entries, [Quota(ratio=Fraction("0.1"))])[0].says == "全部课例：已定 1 节，名额 0 节，多 1 节"


@pytest.mark.clause("P5b")
def test_two_lessons_of_one_node_are_a_warning_until_a_reason_is_recorded() -> None:
    entries = [entry(1, node="n"), entry(2, node="n")]
    assert remarks(entries)[0] == Remark(
        "warning", "《课例1》这个节点定了 2 节（第 1 号、第 2 号），原则上一个节点 1 节；请减少，或写明理由", (1, 2)
    )
    assert remarks(entries, reasons={"n": "两种教法"})[0].says == (
        "《课例1》这个节点定了 2 节（第 1 号、第 2 号），理由：两种教法"
    )


def test_one_node_is_written_in_many_ways() -> None:
    assert node_of("人教版", "primary", "数学", "三年级", "上册", "Ａ 课") == node_of(
        "人教版 ", "primary", "数学", "三年级", "上册", "a课"
    )


@pytest.mark.clause("P5c")
def test_special_education_may_reach_80_percent_and_not_more() -> None:
    four = [entry(no, "生活适应", "special") for no in range(1, 5)]
    assert remarks([*four, entry(5, "美术", "special")])[0].says == (
        "特殊教育 语文、数学、生活适应 共 4 节，占 80.0%，上限 80.0%"
    )
    levels = [row.level for row in (remarks([*four, entry(5, "美术", "special")])[0], remarks(four)[0])]
    assert levels == ["info", "error"]


@pytest.mark.clause("P5a")
def test_the_science_share_is_shown() -> None:
    assert remarks([entry(1, "科学"), entry(2), entry(3)]) == [Remark("info", "科学类课程 1 节，占 33.3%", (1,))]
    assert remarks([]) == [Remark("info", "科学类课程 0 节，占 —", ())]
