"""催交: what each school still owes of its candidates, as counts and on paper."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path

import pytest

from appliance.catalog import Catalog, season
from appliance.errors import NotAllowed
from appliance.model import LessonState
from appliance.reports.reminder import of_lessons, reminder
from appliance.selection import production, reminders
from appliance.selection.production import Slot
from appliance.selection.reminders import Filming
from appliance.station import Station
from tests.conftest import run_lessonbox
from tests.selection.sessions import EDITION, lesson

TODAY = dt.date.today()
SOON, BEFORE = (f"{TODAY + dt.timedelta(days=days)}" for days in (3, -3))
FIRST, SECOND = "示例第一小学", "示例第二小学"


@pytest.fixture
def three(catalog: Catalog) -> list[int]:
    whose = (("教师㼆", FIRST), ("教师乙", FIRST), ("教师𠮷", SECOND))
    return [lesson(catalog, teacher, school, LessonState.CANDIDATE) for teacher, school in whose]


def text(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html.partition("</style>")[2]))


@pytest.mark.clause("P3c")
def test_schools_are_told_apart_with_most_left_first_and_what_was_filmed_is_over(
    catalog: Catalog, three: list[int]
) -> None:
    production.plan(catalog, three[0], Slot(SOON, "下午", "录播室", "电教馆"), "经办甲")
    production.plan(catalog, three[1], Slot(SOON, "上午", "录播室"), "经办甲")
    production.plan(catalog, three[2], Slot(BEFORE, "上午", "礼堂"), "经办甲")
    found = reminders.by_school(production.candidates(catalog.db, EDITION), f"{TODAY}")
    assert [(one.school, len(one.lessons), one.open, one.pieces) for one in found] == [
        (FIRST, 2, 2, 8),
        (SECOND, 1, 1, 4),
    ]
    assert reminders.filming(found, f"{TODAY}") == [
        Filming(SOON, "上午", "录播室", FIRST, 1), Filming(SOON, "下午", "录播室", FIRST, 1),
    ]  # fmt: skip


@pytest.mark.clause("P3c", "W3")
@pytest.mark.parametrize("size", ["a4", "80"])
def test_the_paper_says_to_each_school_what_is_left_of_each_lesson_when_it_is_filmed_and_until_when(
    station: Station, catalog: Catalog, three: list[int], size: str
) -> None:
    production.plan(catalog, three[0], Slot(SOON, "下午", "录播室", "电教馆", "带课件"), "经办甲")
    with catalog.writing() as db:
        season.set_day(db, "材料交齐", SOON, "经办甲")
        season.set_day(db, "过去的事", BEFORE, "经办甲")
    said = text(of_lessons(station, catalog.db, [three[0]], size))
    for words in (FIRST, "您校有 2 节课例是初步人选，其中 2 节还没有齐", f"{SOON} 下午，录播室，电教馆拍。带课件", f"{SOON}材料交齐",
                  "□ 微课视频", "□ 作业练习", "教师㼆", "教师乙", "拍摄还没有排，请与县里联系"):  # fmt: skip
        assert words in said
    assert (SECOND in said, "教师𠮷" in said, "过去的事" in said) == (False, False, False)


def test_whoever_owes_nothing_gets_no_paper(station: Station, catalog: Catalog, three: list[int]) -> None:
    assert reminder(station, catalog.db, ()).count('<section class="page">') == 2
    with pytest.raises(NotAllowed, match="没有要催的"):
        reminder(station, catalog.db, ["示例第九小学"])


def test_by_command_for_every_school(station: Station, catalog: Catalog, three: list[int], tmp_path: Path) -> None:
    out = tmp_path / "催交单.html"
    done = run_lessonbox("report", "reminder", "--out", out, "--home", station.home, "--json")
    assert (done.returncode, json.loads(done.stdout)["out"]) == (0, f"{out}")
    assert [school in out.read_text() for school in (FIRST, SECOND)] == [True, True]
