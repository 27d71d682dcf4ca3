"""Candidates' production: what is lacking, no room and no teacher twice at once, a slip that says what is asked."""

from __future__ import annotations

import json
import re

import pytest

from appliance.catalog import Catalog, checks, filming, lessons
from appliance.errors import NotAllowed, WrongUse
from appliance.model import LessonState, Phase, Verdict
from appliance.reports.filming import slips
from appliance.selection import dates, production
from appliance.selection.production import Slot
from appliance.station import Station
from tests.catalog.lesson_maker import finding
from tests.conftest import run_lessonbox
from tests.selection.sessions import EDITION, lesson

ROOM = Slot("2024-09-20", "上午", "录播室", "电教馆")


@pytest.fixture
def two(catalog: Catalog) -> tuple[int, int]:
    return (
        lesson(catalog, "教师㼆", state=LessonState.CANDIDATE),
        lesson(catalog, "教师𠮷", "示例第二小学", state=LessonState.CANDIDATE),
    )


@pytest.mark.clause("P3c")
def test_each_candidate_is_told_what_it_must_still_bring(catalog: Catalog, two: tuple[int, int]) -> None:
    found = production.candidates(catalog.db, EDITION)
    assert [(one.no, one.lacks, one.ready) for one in found] == [
        (no, (("微课视频", 1), ("学习任务单", 1), ("课件", 1), ("作业练习", 1)), False) for no in two
    ]


@pytest.mark.clause("P3c")
def test_a_room_a_teacher_and_a_crew_are_not_planned_twice_at_once(catalog: Catalog, two: tuple[int, int]) -> None:
    first, second = two
    production.plan(catalog, first, ROOM, "经办甲")
    with pytest.raises(NotAllowed, match=f"2024-09-20 上午 录播室已经排了第 {first} 号"):
        production.plan(catalog, second, Slot("2024-09-20", "上午", "录播室"), "经办甲")
    with pytest.raises(NotAllowed, match="电教馆已经排了"):
        production.plan(catalog, second, Slot("2024-09-20", "上午", "礼堂", "电教馆"), "经办甲")
    production.plan(catalog, second, Slot("2024-09-20", "下午", "录播室", "电教馆"), "经办甲")
    production.plan(catalog, first, Slot("2024-09-21", "上午", "录播室"), "经办甲")
    assert [(row["lesson"], row["day"], row["slot"]) for row in filming.standing(catalog.db)] == [
        (second, "2024-09-20", "下午"), (first, "2024-09-21", "上午"),
    ]  # fmt: skip
    assert [one.what for one in dates.known(catalog, EDITION) if one.source == "filming"] == [
        f"拍摄第 {second} 号《教师𠮷的课》", f"拍摄第 {first} 号《教师㼆的课》",
    ]  # fmt: skip
    production.plan(catalog, first, Slot("", "上午", ""), "经办甲")
    assert [row["lesson"] for row in filming.standing(catalog.db)] == [second]


def test_what_is_not_filled_in_and_who_is_no_candidate_is_refused(catalog: Catalog, two: tuple[int, int]) -> None:
    for slot in (
        Slot("9月20日", "上午", "录播室"),
        Slot("2024-09-20", "半夜", "录播室"),
        Slot("2024-09-20", "上午", " "),
    ):
        with pytest.raises(WrongUse):
            production.plan(catalog, two[0], slot, "经办甲")
    with pytest.raises(NotAllowed, match="不是初步人选"):
        production.plan(catalog, lesson(catalog, "教师丙"), ROOM, "经办甲")


@pytest.mark.clause("P3c", "W3")
def test_the_slip_says_when_and_where_what_is_asked_and_what_is_lacking(catalog: Catalog, two: tuple[int, int]) -> None:
    production.plan(catalog, two[0], ROOM, "经办甲")
    text = re.sub(r"<[^>]+>", "", slips(catalog.db, EDITION, [two[0]], "示例县教育局"))
    for words in ("教师㼆", "2024-09-20 上午，录播室，电教馆拍摄", "长 10–15 分钟", "画面 1920×1080", "每秒 25 帧", "不超过 1 GB",
                  "片头写明：教材版本、学科、年级、课名、主讲教师", "作业练习", "原创声明"):  # fmt: skip
        assert words in text


def test_the_command_plans_and_lists(station: Station, catalog: Catalog, two: tuple[int, int]) -> None:
    home = ("--home", station.home, "--json")
    said = run_lessonbox("filming", "set", two[0], "--day", "2024-09-20", "--place", "录播室", *home)
    assert json.loads(said.stdout)["filming"][0]["place"] == "录播室"
    assert run_lessonbox("filming", "set", two[1], "--day", "2024-09-20", "--place", "录播室", *home).returncode == 12
    assert json.loads(run_lessonbox("filming", "cancel", two[0], *home).stdout)["filming"] == []


def test_what_must_be_mended_is_of_the_newest_check_without_what_was_waived(
    catalog: Catalog, two: tuple[int, int]
) -> None:
    speed, sound = (finding(rule=rule, material="微课视频.mp4") for rule in ("fps", "audio"))
    with catalog.writing() as db:
        for no, found in ((two[0], [speed]), (two[0], [speed, sound]), (two[1], [sound])):
            checks.record(
                db, no, lessons.revision_of(db, no), Phase.PRODUCTION, ("2024", "0" * 64), {}, Verdict.RETURN, found
            )
        checks.waive(db, two[0], sound, "审批甲", "以前录的")
    assert checks.newest_findings(catalog.db, LessonState.CANDIDATE) == {
        no: checks.latest(catalog.db, no)["findings"] for no in two
    }
    assert [len(one.mend) for one in production.candidates(catalog.db, EDITION)] == [1, 1]
