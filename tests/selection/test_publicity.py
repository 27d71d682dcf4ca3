"""公示: what is shown, objections and their outcomes, and when it may be closed."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3

import pytest

from appliance import journal
from appliance.calendar import calendar
from appliance.catalog import Catalog, arrivals, lessons
from appliance.catalog import publicity as rows
from appliance.errors import NotAllowed, WrongUse
from appliance.model import LessonState, Moment, Phase
from appliance.selection import publicity
from appliance.selection.publicity import Asked
from appliance.station import Station
from tests.catalog.lesson_maker import guess, material
from tests.conftest import run_lessonbox

FIRST = dt.date(2024, 9, 12)
pytestmark = pytest.mark.clause("W2")


@pytest.fixture
def opened(station: Station, catalog: Catalog) -> int:
    with catalog.writing() as db:
        no = arrivals.save_guess(db, None, guess(material(db, "plan", "a")), Phase.DESIGN)[0]
        lessons.set_state(db, no, LessonState.CANDIDATE)
    asked = Asked("示例公示", (no, no), FIRST, 5, "示例县教育局，电话见门口")
    return publicity.open_list(catalog, asked, calendar(station.home), station.edition(), "经办甲")


def test_a_list_holds_the_public_columns_and_no_other(catalog: Catalog, opened: int) -> None:
    found = rows.by_no(catalog.db, opened)
    assert [set(line) for line in found["lines"]] == [{"number", *publicity.COLUMNS}]
    assert (found["first_day"], found["last_day"]) == ("2024-09-12", "2024-09-19")
    assert set(publicity.public([found])[0]) == {"no", "title", "contact", "first_day", "last_day", "days", "lines"}


def test_only_candidates_are_shown(station: Station, catalog: Catalog) -> None:
    with catalog.writing() as db:
        no = arrivals.save_guess(db, None, guess(material(db, "plan", "b"), title="还没有试讲"), Phase.DESIGN)[0]
    asked = Asked("示例公示", (no,), FIRST, 5, "示例县教育局")
    with pytest.raises(NotAllowed, match=f"第 {no} 号课例还不是初步人选"):
        publicity.open_list(catalog, asked, calendar(station.home), station.edition(), "经办甲")
    assert rows.all_lists(catalog.db) == []


def test_it_is_closed_by_a_person_once_every_objection_has_an_outcome(catalog: Catalog, opened: int) -> None:
    objection = publicity.object_to(catalog, opened, 1, "某人", "和别人的雷同", "经办甲")
    with pytest.raises(NotAllowed, match="还有 1 条异议没有结果"):
        publicity.close(catalog, opened, "期满", "审批甲")
    publicity.answer(catalog, objection, "dismissed", "逐段比对，不属实", "审批甲")
    with pytest.raises(NotAllowed, match="已经有结果"):
        publicity.answer(catalog, objection, "upheld", "改口", "审批甲")
    publicity.close(catalog, opened, "按日历核对已满", "审批甲")
    with pytest.raises(NotAllowed, match="已经结束"):
        publicity.object_to(catalog, opened, 1, "某人", "迟到的异议", "经办甲")
    found = rows.by_no(catalog.db, opened)
    assert (found["closed_by"], [one["outcome"] for one in found["objections"]]) == ("审批甲", ["dismissed"])
    assert publicity.public([found]) == []
    assert journal.verify(catalog.db)[1] is None


@pytest.mark.parametrize(
    ("wall", "quality", "over"),
    [("2024-09-20T00:00:00+08:00", "ntp", True), ("2024-09-19T23:00:00+08:00", "ntp", False),
     ("2034-01-01T00:00:00+08:00", "rtc", False)],
)  # fmt: skip
def test_a_clock_that_nobody_checked_ends_no_period(wall: str, quality: str, over: bool) -> None:
    assert publicity.is_over({"last_day": "2024-09-19"}, Moment(wall, quality)) is over


@pytest.mark.parametrize(
    ("who", "says", "lesson"), [("", "雷同", 1), ("某人", " ", 1), ("某人", "雷同", 99)]
)  # fmt: skip
def test_an_objection_needs_a_person_a_text_and_a_lesson_of_the_list(
    catalog: Catalog, opened: int, who: str, says: str, lesson: int
) -> None:
    with pytest.raises(WrongUse):
        publicity.object_to(catalog, opened, lesson, who, says, "经办甲")
    assert rows.by_no(catalog.db, opened)["objections"] == []


@pytest.mark.parametrize("table", ["publicity", "objection", "objection_outcome", "publicity_end"])
def test_what_was_shown_and_said_cannot_be_changed(catalog: Catalog, opened: int, table: str) -> None:
    objection = publicity.object_to(catalog, opened, None, "某人", "名额不公", "经办甲")
    publicity.answer(catalog, objection, "withdrawn", "提出人撤回", "审批甲")
    publicity.close(catalog, opened, "按日历核对已满", "审批甲")
    for deed in (f"delete from {table}", f"update {table} set by_user = 'x'"):
        with pytest.raises(sqlite3.DatabaseError, match="append-only"), catalog.writing() as db:
            db.execute(deed)


def test_the_whole_way_on_the_command_line(station: Station, catalog: Catalog, opened: int) -> None:
    home = ("--home", str(station.home), "--json")
    objected = run_lessonbox("publicity", "object", opened, "--who", "某人", "--says", "雷同", "--lesson", "1", *home)
    number = json.loads(objected.stdout)["objections"][0]["id"]
    assert run_lessonbox("publicity", "close", opened, *home).returncode == 12
    assert run_lessonbox("publicity", "answer", number, "--says", "不属实", *home).returncode == 0
    closed = json.loads(run_lessonbox("publicity", "close", opened, "--note", "已满", *home).stdout)
    assert (closed["closed_note"], closed["objections"][0]["outcome"]) == ("已满", "dismissed")
