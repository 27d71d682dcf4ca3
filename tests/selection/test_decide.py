import datetime as dt
import json
import re
from collections.abc import Sequence

import pytest

from appliance.catalog import Catalog, arrivals, checks, events, lessons
from appliance.errors import NotAllowed, WrongUse
from appliance.model import Finding, LessonState, Phase, Verdict
from appliance.rules import engine
from appliance.rules.load import load
from appliance.selection.after_check import next_state, settle_state
from appliance.selection.decide import decide, waive
from tests.catalog.lesson_maker import finding, guess, material


def checked(catalog: Catalog, findings: Sequence[Finding] = (), profile: str = "finished_video") -> int:
    with catalog.writing() as db:
        plan = material(db, "plan", "plan one", "教学设计.docx")
        no, revision, _ = arrivals.save_guess(db, None, guess(plan), Phase.PRODUCTION)
        checks.record(db, no, revision, Phase.PRODUCTION, ("2024", "x"), {}, engine.verdict(findings), findings)
        settle_state(db, no, profile)
    return no


def state(catalog: Catalog, no: int) -> LessonState:
    return lessons.by_no(catalog.db, no).state


def test_approval_takes_two_different_persons(catalog: Catalog) -> None:
    no = checked(catalog)
    assert decide(catalog, no, "approve", "审批甲", "").state == LessonState.COMPLETE
    with pytest.raises(NotAllowed, match="两个人"):
        decide(catalog, no, "approve", " 审批甲 ", "")
    assert decide(catalog, no, "approve", "审批乙", "").state == LessonState.APPROVED


def test_an_approval_does_not_hold_for_changed_bytes(catalog: Catalog) -> None:
    no = checked(catalog)
    decide(catalog, no, "approve", "审批甲", "")
    with catalog.writing() as db:
        arrivals.save_guess(db, None, guess(material(db, "plan", "changed", "教学设计.docx")), Phase.PRODUCTION)
    assert decide(catalog, no, "approve", "审批乙", "").state == LessonState.COMPLETE


def test_a_return_wipes_an_earlier_approval(catalog: Catalog) -> None:
    no = checked(catalog)
    decide(catalog, no, "approve", "审批甲", "")
    decide(catalog, no, "return", "审批乙", "封面不对", "finished_video")
    decide(catalog, no, "reopen", "审批乙", "看错了", "finished_video")
    assert decide(catalog, no, "approve", "审批乙", "").state == LessonState.COMPLETE


def test_a_return_needs_a_reason_and_a_lesson_that_is_under_way(catalog: Catalog) -> None:
    no = checked(catalog)
    with pytest.raises(WrongUse, match="理由"):
        decide(catalog, no, "return", "审批甲", " ")
    decide(catalog, no, "withdraw", "经办甲", "教师撤回")
    with pytest.raises(NotAllowed, match="已撤回"):
        decide(catalog, no, "approve", "审批甲", "")


@pytest.mark.clause("P3a", "P3b")
def test_the_design_first_way_goes_by_screening_and_candidate(catalog: Catalog) -> None:
    no = checked(catalog, profile="design_first")
    assert state(catalog, no) == LessonState.SUBMITTED
    assert decide(catalog, no, "screen", "经办甲", "").state == LessonState.TRIAL
    assert decide(catalog, no, "candidate", "经办甲", "").state == LessonState.COMPLETE


@pytest.mark.clause("W2")
def test_an_error_returns_the_lesson_and_cannot_be_waived(catalog: Catalog) -> None:
    no = checked(catalog, [finding()])
    assert state(catalog, no) == LessonState.RETURNED
    with pytest.raises(NotAllowed, match="硬性"):
        waive(catalog, no, "fps", "", "审批甲", "算了", "finished_video")


def test_what_a_person_must_look_at_waits_until_somebody_gives_a_reason(catalog: Catalog) -> None:
    no = checked(catalog, [finding(outcome="undetermined", material="教学设计.docx")])
    assert state(catalog, no) == LessonState.SUBMITTED
    lesson = waive(catalog, no, "fps", "教学设计.docx", "审批甲", "看过了，没有问题", "finished_video")
    assert (lesson.state, lesson.verdict) == (LessonState.COMPLETE, Verdict.PASS)


@pytest.mark.clause("W2")
def test_a_waiver_keeps_who_when_and_why_of_which_bytes_in_the_catalog_and_the_journal(catalog: Catalog) -> None:
    no = checked(catalog, [finding(outcome="undetermined", material="教学设计.docx")])
    waive(catalog, no, "fps", "教学设计.docx", " 审批甲 ", "看过了，没有问题", "finished_video")
    (kept,) = checks.waived(catalog.db, no)
    (told,) = [row for row in events.about(catalog.db, f"lesson/{no}") if row["kind"] == "waive"]
    sha256 = next(one.sha256 for one in lessons.by_no(catalog.db, no).materials if one.name == "教学设计.docx")
    assert (kept["rule"], kept["by_user"], kept["reason"], kept["sha256"]) == (
        "fps",
        "审批甲",
        "看过了，没有问题",
        sha256,
    )
    assert dt.datetime.fromisoformat(kept["at"]).tzinfo is not None
    assert (told["actor"], json.loads(told["data"])) == (
        "审批甲", {"rule": "fps", "material": "教学设计.docx", "reason": "看过了，没有问题"},
    )  # fmt: skip


@pytest.mark.clause("W2")
def test_every_verdict_keeps_the_edition_its_hash_and_the_tools_that_measured(catalog: Catalog) -> None:
    no = checked(catalog)
    run = checks.latest(catalog.db, no)
    assert run is not None
    assert (run["edition"], run["edition_hash"], run["verdict"]) == ("2024", "x", "pass")
    with catalog.writing() as db:
        edition = load("2024")
        checks.record(db, no, 1, Phase.PRODUCTION, (edition.id, edition.hash), {"probes": "4"}, Verdict.PASS, [])
    run = checks.latest(catalog.db, no)
    assert run is not None
    assert (run["edition_hash"], json.loads(run["tools"])) == (edition.hash, {"probes": "4"})
    assert re.fullmatch("[0-9a-f]{64}", edition.hash)


def test_a_waiver_ends_when_the_bytes_change(catalog: Catalog) -> None:
    look = finding(outcome="undetermined", material="教学设计.docx")
    no = checked(catalog, [look])
    waive(catalog, no, "fps", "教学设计.docx", "审批甲", "看过了", "finished_video")
    with catalog.writing() as db:
        _, revision, _ = arrivals.save_guess(
            db, None, guess(material(db, "plan", "changed", "教学设计.docx")), Phase.PRODUCTION
        )
        checks.record(db, no, revision, Phase.PRODUCTION, ("2024", "x"), {}, Verdict.PERSON, [look])
        assert settle_state(db, no, "finished_video") == LessonState.SUBMITTED


@pytest.mark.parametrize("state", [*LessonState])
@pytest.mark.parametrize("verdict", [*Verdict])
def test_a_check_never_takes_back_what_people_decided(state: LessonState, verdict: Verdict) -> None:
    after = next_state(state, verdict, Phase.PRODUCTION, chosen=True)
    if state in (LessonState.APPROVED, LessonState.BUNDLED, LessonState.SENT, LessonState.ACCEPTED, LessonState.TRIAL):
        assert after == state
    if state == LessonState.CANDIDATE:
        assert after in (LessonState.CANDIDATE, LessonState.COMPLETE)
