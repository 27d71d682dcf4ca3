"""核对清单: asked by category and phase, answered with name and revision, never overwritten, minded at approval."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

import pytest

from appliance.catalog import arrivals, events, lessons, ticks
from appliance.catalog.users import ROLES
from appliance.errors import NotAllowed, NotFound, WrongUse
from appliance.model import Identity, LessonState, Phase
from appliance.rules.lint import lint
from appliance.rules.lint_for_people import MAY_TICK
from appliance.rules.load import EDITIONS, load
from appliance.selection import checklist
from appliance.selection.decide import decide
from tests.catalog.lesson_maker import guess, material
from tests.conftest import answer, run_lessonbox

EDITION = load("2024")


@pytest.fixture
def lesson(station, catalog) -> int:
    """A complete lesson, with the delivery that it came in."""
    return hand_in(catalog, "first")


def hand_in(catalog, text: str) -> int:
    with catalog.writing() as db:
        row = {"source": "x", "kind": "usb", "receipt": "1", "fingerprint": text, "received_at": "", "clock": "ntp",
               "state": "checked"}  # fmt: skip
        delivery = int(db["delivery"].insert(row).last_pk)
        no, _, _ = arrivals.save_guess(db, delivery, guess(material(db, "plan", text)), Phase.PRODUCTION)
        lessons.set_state(db, no, LessonState.COMPLETE)
        lessons.set_phase(db, no, Phase.PRODUCTION)
    return no


def give(catalog, no: int, clause: str, said: str, remark: str = "", by: str = "经办甲", role: str = "clerk"):
    return checklist.tick(catalog, no, clause, said, remark, by, EDITION, role)


def asked(category: str, phase: Phase) -> list[str]:
    return [one.clause for one in checklist.questions(EDITION, Identity(category=category), phase)]


@pytest.mark.clause("G4", "G5", "G6", "G7", "G8", "P2", "V1", "C1", "D4", "E8", "E10", "E12")
def test_each_category_and_phase_is_asked_what_concerns_it():
    always = ["G4", "G5", "G6", "G7", "G8", "P2"]
    assert asked("subject", Phase.DESIGN) == asked("experiment", Phase.DESIGN) == always
    assert asked("special", Phase.PRODUCTION) == asked("subject", Phase.PRODUCTION) == [*always, "V1", "C1", "D4"]
    assert asked("experiment", Phase.PRODUCTION) == [*always, "C1", "E8", "E10", "E12"]


@pytest.mark.clause("G4", "G5", "G6", "D4", "E10", "P2")
def test_an_answer_keeps_name_time_and_revision_and_stands_in_the_journal(catalog, lesson):
    item = give(catalog, lesson, "G5", "yes", "看过教材")
    assert (item.answer, item.by, item.revision, item.current, item.open) == ("yes", "经办甲", 1, True, False)
    assert item.at
    (entry,) = [row for row in events.about(catalog.db, f"lesson/{lesson}") if row["kind"] == "tick"]
    assert (entry["actor"], '"G5"' in entry["data"]) == ("经办甲", True)


def test_a_second_answer_is_added_and_the_first_cannot_be_changed(catalog, lesson):
    give(catalog, lesson, "G5", "no", "第 3 页公式错")
    assert give(catalog, lesson, "G5", "yes", by="经办乙").answer == "yes"
    assert [(row["answer"], row["by_user"]) for row in ticks.of_lesson(catalog.db, lesson)] == [
        ("no", "经办甲"), ("yes", "经办乙"),
    ]  # fmt: skip
    for deed in ("update tick set answer = 'yes'", "delete from tick"):
        with pytest.raises(sqlite3.IntegrityError):
            catalog.db.execute(deed)


def test_a_changed_revision_shows_the_answer_as_given_for_the_older_one(catalog, lesson):
    give(catalog, lesson, "G5", "yes")
    with catalog.writing() as db:
        lessons.set_state(db, lesson, LessonState.RETURNED)
    assert hand_in(catalog, "second") == lesson
    found = {one.clause: one for one in checklist.of_lesson(catalog.db, EDITION, lessons.by_no(catalog.db, lesson))}
    assert (found["G5"].answer, found["G5"].revision, found["G5"].current, found["G5"].open) == ("yes", 1, False, True)


def test_open_questions_only_remind_and_a_no_forbids_until_it_is_answered_anew(catalog, lesson):
    give(catalog, lesson, "G5", "no", "第 3 页公式错")
    with pytest.raises(NotAllowed, match="G5 答了“否”"):
        decide(catalog, lesson, "approve", "审批甲", "", edition=EDITION)
    give(catalog, lesson, "G5", "yes", "已改")
    assert decide(catalog, lesson, "approve", "审批甲", "", edition=EDITION).state == LessonState.COMPLETE


def test_an_edition_may_demand_every_answer(catalog, lesson):
    strict = replace(EDITION, approval_needs="demand")
    for clause in asked("subject", Phase.PRODUCTION)[1:]:
        give(catalog, lesson, clause, "na")
    with pytest.raises(NotAllowed, match="G4 还没有回答"):
        decide(catalog, lesson, "approve", "审批甲", "", edition=strict)
    give(catalog, lesson, "G4", "yes")
    assert decide(catalog, lesson, "approve", "审批甲", "", edition=strict).state == LessonState.COMPLETE


@pytest.mark.parametrize(
    ("clause", "said", "remark", "role", "error"),
    [
        ("G5", "maybe", "", "clerk", WrongUse), ("G5", "no", " ", "clerk", WrongUse),
        ("E10", "yes", "", "clerk", NotFound), ("G5", "yes", "", "technician", NotAllowed),
    ],
)  # fmt: skip
def test_what_is_no_answer_is_refused_and_nothing_is_kept(catalog, lesson, clause, said, remark, role, error):
    with pytest.raises(error):
        give(catalog, lesson, clause, said, remark, role=role)
    assert ticks.of_lesson(catalog.db, lesson) == []


def test_after_approval_nothing_is_answered(catalog, lesson):
    with catalog.writing() as db:
        lessons.set_state(db, lesson, LessonState.APPROVED)
    with pytest.raises(NotAllowed, match="审批通过以后"):
        give(catalog, lesson, "G5", "yes")


def test_the_command_ticks_and_the_lesson_shows_it(station, catalog, lesson):
    done = answer("tick", lesson, "G6", "yes", "--by", "经办甲", "--reason", "好", "--home", station.home)
    assert (done["clause"], done["answer"], done["by"], done["remark"]) == ("G6", "yes", "经办甲", "好")
    shown = answer("show", lesson, "--home", station.home)["checklist"]
    assert [(one["clause"], one["answer"]) for one in shown if one["answer"]] == [("G6", "yes")]
    assert len(shown) == 9
    assert run_lessonbox("tick", lesson, "X9", "yes", "--by", "经办甲", "--home", station.home).returncode == 11


def test_lint_knows_who_may_answer(tmp_path):
    assert set(MAY_TICK) <= set(ROLES)
    assert [lint(EDITIONS / name) for name in ("2023", "2024")] == [[], []]
