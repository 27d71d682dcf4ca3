"""What a lesson still owes, by the edition's lists."""

from __future__ import annotations

import pytest

from appliance.model import Identity, Phase
from appliance.rules.load import load
from appliance.selection.missing import cells

EDITION = load("2024")
ALL = {("video", 1): 1, ("plan", 1): 1, ("task_sheet", 1): 1, ("slides", 1): 1, ("exercises", 1): 1}
LESSON = Identity(title="示例课", category="subject", stage="primary")


def states(whole, half=None, identity=LESSON, phase=Phase.PRODUCTION) -> dict[str, tuple[str, int, int]]:
    return {one.role: (one.state, one.have, one.want) for one in cells(EDITION, identity, phase, whole, half or {})}


def short(whole, half=None, identity=LESSON, phase=Phase.PRODUCTION) -> dict[str, int]:
    return {one.role: one.short for one in cells(EDITION, identity, phase, whole, half or {}) if one.short}


@pytest.mark.clause("G2", "A2")
def test_a_whole_lesson_owes_nothing_and_a_file_less_is_told():
    assert short(ALL) == {}
    assert short({key: n for key, n in ALL.items() if key[0] != "plan"}) == {"plan": 1}
    assert states(ALL)["form"] == ("free", 0, 1)


@pytest.mark.clause("A2")
def test_each_period_needs_its_own():
    three = Identity(title="示例课", category="subject", stage="primary", periods=3)
    found = states({**ALL, ("plan", 2): 2}, identity=three)
    assert (found["plan"], found["video"]) == (("lacks", 2, 3), ("lacks", 1, 3))


@pytest.mark.clause("P3a")
def test_a_design_is_asked_for_less_and_told_what_comes_later():
    found = states({("plan", 1): 1}, phase=Phase.DESIGN)
    assert [found[role][0] for role in ("video", "plan", "task_sheet", "form")] == [
        "not asked",
        "here",
        "later",
        "free",
    ]
    assert short({}, phase=Phase.DESIGN) == {"plan": 1}


@pytest.mark.clause("G2")
def test_special_education_may_leave_the_exercises_out():
    special = Identity(title="示例课", category="special", stage="primary")
    assert (
        states({key: n for key, n in ALL.items() if key[0] != "exercises"}, identity=special)["exercises"][0] == "free"
    )


@pytest.mark.clause("E12", "E4")
def test_an_experiment_owes_three_scans_and_the_evidence_of_several_authors():
    several = Identity(title="示例课", category="experiment", stage="junior", authors=("教师甲", "教师乙"))
    alone = Identity(title="示例课", category="experiment", stage="junior", authors=("教师甲",))
    found = states({("pupil_work", 1): 2}, identity=several)
    assert (found["pupil_work"], found["evidence"]) == (("lacks", 2, 3), ("lacks", 0, 1))
    found = states({("pupil_work", 1): 3}, identity=alone)
    assert (found["pupil_work"], found["evidence"]) == (("here", 3, 3), ("free", 0, 1))


def test_a_half_file_is_told_as_such_until_a_whole_one_is_there():
    less = {key: n for key, n in ALL.items() if key[0] != "video"}
    assert states(less, {("video", 1): 1})["video"] == ("half", 0, 1)
    assert states(ALL, {("video", 1): 1})["video"][0] == "here"


def test_a_lesson_of_no_known_category_has_no_list():
    assert states(ALL, identity=Identity(title="示例课")) == {}
