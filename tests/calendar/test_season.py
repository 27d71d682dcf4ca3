"""日历: what is due by a checked clock and by one that nobody checked; that it is done is a person's word."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from appliance import journal
from appliance.calendar import calendar
from appliance.calendar.season import Date, dates, items
from appliance.catalog import Catalog
from appliance.errors import NotFound, WrongUse
from appliance.model import Moment
from appliance.rules.load import load
from appliance.selection import dates as deciding

EDITION = load("2024")
DAY = dt.date.fromisoformat


def told(day: str, now: str, quality: str, tmp_path: Path, done: bool = False) -> tuple[str, str]:
    said = {"own/交设计": {"note": ""}} if done else {}
    known = [Date("own/交设计", "学校交设计", DAY(day), "own")]
    (item,) = items(known, said, Moment(f"{now}T09:00:00+08:00", quality), calendar(tmp_path))
    return item.state, item.left


@pytest.mark.clause("O1", "O2")
@pytest.mark.parametrize(
    ("day", "now", "quality", "state", "left"),
    [
        ("2024-10-31", "2024-09-02", "ntp", "later", "还有 59 天，40 个工作日"),
        ("2024-09-20", "2024-09-12", "ntp", "soon", "还有 8 天，6 个工作日"),
        ("2024-09-20", "2024-09-20", "ntp", "today", "今天"),
        ("2024-09-20", "2024-09-23", "ntp", "over", "过了 3 天"),
        ("2024-09-20", "2024-09-23", "rtc", "unsure", "按盒子的时间过了 3 天，时间没有核对"),
        ("2024-09-20", "2024-09-20", "unknown", "unsure", "今天（按盒子的时间，没有核对）"),
    ],
    ids=("later", "soon", "today", "over", "over by a clock nobody checked", "today by such a clock"),
)
def test_how_long_is_left_is_said_and_over_only_by_a_checked_clock(tmp_path, day, now, quality, state, left) -> None:
    assert told(day, now, quality, tmp_path) == (state, left)
    assert told(day, now, quality, tmp_path, done=True) == ("done", "已办")


@pytest.mark.clause("O1", "O2")
def test_the_notice_the_county_and_open_lists_stand_in_one_calendar_by_day() -> None:
    lists = [{"no": 3, "title": "名单", "last_day": "2024-09-27", "closed_at": at} for at in ("", "2024-09-28")]
    found = dates(EDITION.dates, {"交设计": {"day": "2024-09-10"}}, lists)
    assert [(one.what, f"{one.day}") for one in found] == [
        ("报送联系人信息表", "2024-07-12"), ("交设计", "2024-09-10"), ("“名单”公示期满", "2024-09-27"),
        ("推荐完成", "2024-10-31"), ("下载并确认推荐汇总表", "2024-11-08"),
    ]  # fmt: skip


def test_dates_are_set_moved_and_taken_away_and_all_of_it_is_written_down(catalog: Catalog) -> None:
    for day in ("2024-09-10", "2024-09-12"):
        deciding.set_day(catalog, "交设计", day, "经办甲")
    assert [f"{one.day}" for one in deciding.known(catalog, EDITION) if one.source == "own"] == ["2024-09-12"]
    deciding.say(catalog, EDITION, "own/交设计", True, "12 日交齐", "经办甲")
    deciding.set_day(catalog, "交设计", "", "经办甲")
    assert [one for one in deciding.known(catalog, EDITION) if one.source == "own"] == []
    assert (catalog.db["season_date"].count, journal.verify(catalog.db)) == (3, (4, None))
    for what, day in (("", "2024-09-10"), ("交设计", "9月10日"), ("长" * 61, "2024-09-10")):
        with pytest.raises(WrongUse):
            deciding.set_day(catalog, what, day, "经办甲")
    with pytest.raises(NotFound):
        deciding.say(catalog, EDITION, "own/没有", True, "", "经办甲")
