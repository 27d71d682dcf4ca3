"""The labelled materials: the quick ones always, all of them when asked for; and the counting itself."""

from __future__ import annotations

import pytest

from appliance.rules.load import load
from tests.quality.__main__ import judged_all
from tests.quality.labelled import ADVISE, OF_THE_LESSON, PASS, PERSON, RETURN
from tests.quality.labels import labels
from tests.quality.score import Score, disagreements, scores

EDITION = load("2024")
ALL = list(labels())


def test_the_set_is_large_and_its_names_are_each_ones_own() -> None:
    assert len(ALL) >= 120
    assert len({one.id for one in ALL}) == len(ALL)
    assert {kind for one in ALL for kind in one.says} <= {rule.kind for rule in EDITION.rules}


def test_every_kind_of_rule_that_looks_into_files_has_a_material_with_and_one_without_a_fault() -> None:
    """Rules of the lesson as a whole are shown by tests/rules/samples_lesson.py, which needs no files."""
    faulty = {kind for one in ALL for kind in one.says}
    looked = {rule.kind for rule in EDITION.rules} - {*OF_THE_LESSON} | {"scans"}
    assert looked - faulty - WITHOUT_A_MATERIAL == set()


# They judge minutes of film by shares of it; tests/probes/test_frames.py makes such films.
WITHOUT_A_MATERIAL = {"faces", "sharpness", "rests"}


@pytest.mark.clause("V2", "V5", "E7", "D1", "D2", "D3", "C1")
def test_the_quick_materials_are_judged_as_they_are_labelled() -> None:
    judged = judged_all([one for one in ALL if one.quick])
    assert list(disagreements(judged, EDITION)) == []
    assert [one.rule for one in scores(judged, EDITION) if one.hard] == []


@pytest.mark.slow
@pytest.mark.clause(
    "V2", "V3", "V4", "V5", "E5", "E6", "E7", "E9", "E11", "E12", "D1", "D2", "D3", "D5", "D6", "C1", "C2", "G7"
)
def test_no_material_gets_a_wrong_hard_verdict() -> None:
    found = scores(judged_all(ALL), EDITION)
    assert [one.rule for one in found if one.hard] == []


@pytest.mark.parametrize(
    ("due", "said", "told"),
    [
        (PASS, PASS, {}), (PASS, PERSON, {"asked": 1}), (PASS, ADVISE, {"false": 1}), (PASS, RETURN, {"false": 1, "hard": 1}),
        (RETURN, RETURN, {"positives": 1, "told": 1}), (RETURN, PERSON, {"positives": 1, "asked_well": 1}),
        (RETURN, PASS, {"positives": 1, "missed": 1}), (ADVISE, ADVISE, {"positives": 1, "told": 1}),
        (ADVISE, RETURN, {"positives": 1, "told": 1, "hard": 1}), (PERSON, RETURN, {"positives": 1, "told": 1, "hard": 1}),
        (PERSON, PASS, {"positives": 1, "missed": 1}),
    ],
)  # fmt: skip
def test_a_verdict_is_counted_by_what_was_due(due: str, said: str, told: dict[str, int]) -> None:
    score = Score("r")
    score.count(due, said)
    assert score == Score("r", n=1, **told)


def test_precision_is_of_what_was_said_and_recall_of_what_was_due() -> None:
    score = Score("r")
    for due, said in ((RETURN, RETURN), (RETURN, PASS), (RETURN, PERSON), (PASS, ADVISE), (PASS, PASS)):
        score.count(due, said)
    assert (score.precision, score.recall) == (1 / 2, 2 / 3)
    assert (Score("r").precision, Score("r").recall) == (None, None)
