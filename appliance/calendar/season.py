"""日历: what is due in the season and how long until then. Nothing in the box is refused because a day is over.

A box's clock may be wrong, so that a day is over is never said as a fact unless the clock is checked: then the page
says how many days by the box's time, and that a person should look. That something is done is always a person's word.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from appliance.calendar import Calendar
from appliance.model import Moment

SOON = 10  # days; what is nearer stands out
OURS, NOTICE, PUBLICITY, FILMING = "own", "notice", "publicity", "filming"


@dataclass(frozen=True)
class Date:
    """Something that is due by the end of a day. `key`: what people say is done; `source`: OURS, NOTICE …"""

    key: str
    what: str
    day: dt.date
    source: str
    clause: str = ""


@dataclass(frozen=True)
class Item:
    """`days`: until then by the box's clock, negative when it is over; `working`: working days until then, the day
    itself counted. `state`: done, over, today, soon, later, or unsure: it would be over, but nobody checked the clock."""

    date: Date
    days: int
    working: int
    state: str
    said: str = ""

    @property
    def left(self) -> str:
        if self.state == "done":
            return "已办"
        if self.days < 0:
            return (
                f"过了 {-self.days} 天" if self.state == "over" else f"按盒子的时间过了 {-self.days} 天，时间没有核对"
            )
        unsure = "" if self.state != "unsure" else "（按盒子的时间，没有核对）"
        return f"今天{unsure}" if self.days == 0 else f"还有 {self.days} 天，{self.working} 个工作日{unsure}"


def dates(notice: Mapping[str, Any], own: Mapping[str, Mapping[str, Any]], publicity: Iterable[Mapping[str, Any]],
          filming: Iterable[Mapping[str, Any]] = ()) -> list[Date]:  # fmt: skip
    """`notice`: the edition's deadlines; `own`: {what: row with `day`}; `publicity`: open lists; `filming`: rows with
    lesson, title, day. By day."""
    found = [Date(f"notice/{name}", one.what, one.day, NOTICE, one.clause) for name, one in notice.items()]
    found += [Date(f"own/{what}", what, dt.date.fromisoformat(row["day"]), OURS) for what, row in own.items()]
    found += [
        Date(f"publicity/{row['no']}", f"“{row['title']}”公示期满", dt.date.fromisoformat(row["last_day"]), PUBLICITY)
        for row in publicity
        if not row["closed_at"]
    ]
    found += [
        Date(
            f"filming/{row['lesson']}",
            f"拍摄第 {row['lesson']} 号《{row['title']}》",
            dt.date.fromisoformat(row["day"]),
            FILMING,
        )
        for row in filming
    ]
    return sorted(found, key=lambda one: (one.day, one.key))


def items(
    known: Sequence[Date], done: Mapping[str, Mapping[str, Any]], moment: Moment, calendar: Calendar
) -> list[Item]:  # fmt: skip
    """Pure; what is done last."""
    today, sure = dt.date.fromisoformat(moment.wall[:10]), moment.quality == "ntp"
    found = []
    for one in known:
        days = (one.day - today).days
        said = done.get(one.key)
        state = "done" if said else _state(days, sure)
        found.append(Item(one, days, calendar.between(today, one.day), state, said["note"] if said else ""))
    return sorted(found, key=lambda item: item.state == "done")


def _state(days: int, sure: bool) -> str:
    if days <= 0 and not sure:
        return "unsure"
    if days < 0:
        return "over"
    return "today" if days == 0 else "soon" if days <= SOON else "later"
