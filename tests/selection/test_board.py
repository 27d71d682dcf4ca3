"""遴选: ranking, quota and exceptions side by side; a proposal changes nothing until two persons decide it."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace

import pytest

from appliance import journal
from appliance.catalog import Catalog, chosen, decisions, lessons, proposals
from appliance.errors import NotAllowed, WrongUse
from appliance.model import LessonState
from appliance.selection import proposing, trial
from appliance.selection.board import board, look, objections
from appliance.station import Station
from tests.conftest import run_lessonbox
from tests.selection.sessions import EDITION, give, lesson, opened
from tests.web import office

FIRST, SECOND, THIRD = 1, 2, 3  # by rank: 教师甲, 教师乙, 教师丙


@pytest.fixture
def county(station: Station, catalog: Catalog) -> Station:
    """One locked session of three lessons, ranked 1, 2, 3; the county screens designs first and may send two."""
    settings = station.home / "station.toml"
    settings.write_text(settings.read_text().replace("finished_video", "design_first"))
    (station.home / "quota.toml").write_text('[[quota]]\nsubject = "数学"\nnumber = 2\n')
    session = opened(catalog)
    for no, less in ((FIRST, "1"), (SECOND, "2"), (THIRD, "3")):
        give(catalog, session, no, *[less] * 5)
    trial.close(catalog, session, "组长甲", "", "审批甲")
    return Station.open(station.home)


def said(county: Station, catalog: Catalog, *numbers: int) -> list[tuple[str, str]]:
    found = board(county, catalog.db, EDITION)
    return [(one.level, one.key.partition("/")[0]) for one in look(found, numbers, EDITION, {}) if one.level != "info"]


@pytest.mark.clause("P3b")
def test_the_board_shows_each_lesson_with_its_rank_its_score_and_what_it_lacks(
    county: Station, catalog: Catalog
) -> None:
    found = board(county, catalog.db, EDITION)
    assert [(line.entry.no, line.place, line.fixed) for line in found.lines] == [
        (FIRST, "小学数学第一场 第 1 名", False), (SECOND, "小学数学第一场 第 2 名", False),
        (THIRD, "小学数学第一场 第 3 名", False),
    ]  # fmt: skip
    assert {line.lacks for line in found.lines} == {("微课视频", "学习任务单", "课件", "作业练习")}


@pytest.mark.clause("P5a", "P5b")
def test_what_if_says_what_a_choice_would_mean_and_changes_nothing(county: Station, catalog: Catalog) -> None:
    assert said(county, catalog, FIRST, SECOND) == []
    assert said(county, catalog, FIRST, SECOND, THIRD) == [("error", "")]
    assert said(county, catalog, FIRST, THIRD) == [("warning", "order")]
    assert said(county, catalog, THIRD) == [("warning", "order")] * 2
    assert {lessons.by_no(catalog.db, no).state for no in (1, 2, 3)} == {LessonState.TRIAL}


@pytest.mark.clause("P5b")
def test_one_per_teacher_is_a_local_switch(county: Station, catalog: Catalog) -> None:
    with catalog.writing() as db:
        db.execute("update lesson set teacher = '教师甲' where no = 2")
    found = board(county, catalog.db, EDITION)
    switched = {**EDITION.selection, "one_per_teacher": {"value": True, "why": "本县"}}
    on = look(found, [1, 2], replace(EDITION, selection=switched), {})
    assert [one.key for one in on if one.key.startswith("teacher")] == ["teacher/教师甲/示例第一小学"]
    assert [one for one in look(found, [1, 2], EDITION, {}) if one.key.startswith("teacher")] == []


@pytest.mark.clause("P3b", "W2")
def test_two_persons_decide_and_the_chosen_become_candidates_with_the_reasons_kept(
    county: Station, catalog: Catalog
) -> None:
    reasons = {"order/1/2": "第 2 号的教师已调走"}
    number = proposing.save(catalog, county, EDITION, "第一稿", [FIRST, THIRD], reasons, "经办甲")
    assert proposing.decide_on(catalog, county, EDITION, number, "审批甲", "经办甲") == [FIRST, THIRD]
    states = {no: lessons.by_no(catalog.db, no).state for no in (1, 2, 3)}
    assert states == {1: LessonState.CANDIDATE, 2: LessonState.TRIAL, 3: LessonState.CANDIDATE}
    assert [row["by_user"] for row in decisions.of_lesson(catalog.db, THIRD)] == ["审批甲、经办甲"]
    row = proposals.by_id(catalog.db, number)
    assert (row["outcome"], row["settled_by"], row["second"], row["reasons"]) == (
        "decided",
        "审批甲",
        "经办甲",
        reasons,
    )
    assert said(county, catalog) == []
    told = [one.says for one in look(board(county, catalog.db, EDITION), [], EDITION, {})]
    assert "第 2 号排第 2 名没有选，选了排在后面的第 3 号，理由：第 2 号的教师已调走" in told
    assert journal.verify(catalog.db)[1] is None
    with pytest.raises(NotAllowed, match="已经有结果"):
        proposing.decide_on(catalog, county, EDITION, number, "审批甲", "经办甲")


@pytest.mark.clause("P5a", "P5b")
def test_more_than_a_quota_an_exception_without_reason_and_what_changed_meanwhile_are_refused(
    county: Station, catalog: Catalog
) -> None:
    over = proposing.save(catalog, county, EDITION, "多", [1, 2, 3], {"": "想多报"}, "经办甲")
    bare = proposing.save(catalog, county, EDITION, "缺理由", [FIRST, THIRD], {}, "经办甲")
    good = proposing.save(catalog, county, EDITION, "好", [FIRST, SECOND], {}, "经办甲")
    for number, words in ((over, "多 1 节"), (bare, "请写明理由")):
        with pytest.raises(NotAllowed, match=words):
            proposing.decide_on(catalog, county, EDITION, number, "审批甲", "审批乙")
    with catalog.writing() as db:
        lessons.set_state(db, SECOND, LessonState.RETURNED)
    with pytest.raises(NotAllowed, match="第 2 号课例存方案以后变了"):
        proposing.decide_on(catalog, county, EDITION, good, "审批甲", "审批乙")
    assert lessons.by_no(catalog.db, FIRST).state == LessonState.TRIAL


@pytest.mark.clause("P5b")
def test_a_reason_for_two_lessons_of_a_node_is_kept_for_the_quota_command(county: Station, catalog: Catalog) -> None:
    with catalog.writing() as db:
        db.execute("update lesson set title = '同一课' where no in (1, 2)")
    found = board(county, catalog.db, EDITION)
    (node,) = [one.key for one in look(found, [1, 2], EDITION, {}) if one.level == "warning"]
    number = proposing.save(catalog, county, EDITION, "一", [1, 2], {node: "两种教法"}, "经办甲")
    proposing.decide_on(catalog, county, EDITION, number, "审批甲", "审批乙")
    assert chosen.reasons(catalog.db) == {node: "两种教法"}


def test_a_county_that_takes_finished_lessons_chooses_among_those_that_wait_for_approval(
    station: Station, catalog: Catalog
) -> None:
    no = lesson(catalog, "教师甲", state=LessonState.COMPLETE)
    number = proposing.save(catalog, station, EDITION, "一", [no], {}, "经办甲")
    proposing.decide_on(catalog, station, EDITION, number, "审批甲", "审批乙")
    (line,) = board(station, catalog.db, EDITION).lines
    assert (line.fixed, line.entry.chosen, lessons.by_no(catalog.db, no).state) == (True, True, LessonState.COMPLETE)


def test_a_proposal_may_be_dropped_with_a_reason_and_is_never_changed(county: Station, catalog: Catalog) -> None:
    number = proposing.save(catalog, county, EDITION, "一", [FIRST, 99], {}, "经办甲")
    assert proposals.by_id(catalog.db, number)["chosen"] == [FIRST]
    with pytest.raises(WrongUse):
        proposing.drop(catalog, number, " ", "经办甲")
    proposing.drop(catalog, number, "另存", "经办甲")
    for table in ("proposal", "proposal_end"):
        with pytest.raises(sqlite3.DatabaseError, match="append-only"), catalog.writing() as db:
            db.execute(f"update {table} set by_user = 'x'")
    assert objections(look(board(county, catalog.db, EDITION), [FIRST], EDITION, {}), {}) == []


@pytest.mark.clause("P3b", "P5b")
def test_the_command_asks_both_for_their_passwords_and_a_cut_before_the_commit_changes_nothing(
    county: Station, catalog: Catalog
) -> None:
    with catalog.writing() as db:
        office.add_user(db, "审批甲", "approver")
        office.add_user(db, "经办甲", "clerk")
    home = ("--home", county.home, "--json")
    tried = run_lessonbox("board", "try", "--lesson", FIRST, THIRD, *home)
    (key,) = [one["key"] for one in json.loads(tried.stdout)["remarks"] if one["level"] == "warning"]
    assert (tried.returncode, key) == (1, "order/1/2")
    saved = run_lessonbox("board", "save", "一", "--lesson", FIRST, THIRD, "--reason", f"{key}=教师已调走", *home)
    assert json.loads(saved.stdout)["reasons"] == {key: "教师已调走"}
    both = f"{office.PASSWORD}\n{office.PASSWORD}\n"
    words = ("board", "decide", 1, "--by", "审批甲", "--second", "经办甲", *home)
    for who, text in (("经办甲", both), ("审批甲", f"{office.PASSWORD}\nwrong\n")):
        assert run_lessonbox(*words[:4], who, *words[5:], text=text).returncode == 12
    assert run_lessonbox(*words, text=both, failpoint="proposal.before-commit").returncode == -9
    assert (lessons.by_no(catalog.db, FIRST).state, catalog.db["proposal_end"].count) == (LessonState.TRIAL, 0)
    assert json.loads(run_lessonbox(*words, text=both).stdout)["lessons"] == [FIRST, THIRD]
    shown = json.loads(run_lessonbox("board", "show", *home).stdout)["lessons"]
    assert {one["no"]: one["chosen"] for one in shown} == {FIRST: True, SECOND: False, THIRD: True}
