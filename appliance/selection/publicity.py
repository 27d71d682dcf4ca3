"""公示: which lessons are shown to everybody, for how many working days, and the objections against them.

A list is fixed at the moment it is opened and holds `COLUMNS` only, so nothing private can stand in it. Whether its
days are over is said by the calendar; that it is closed is a person's word, since a box's clock may be wrong.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from appliance import clock, journal
from appliance.calendar import Calendar
from appliance.catalog import Catalog, lessons, publicity
from appliance.errors import NotAllowed, WrongUse
from appliance.model import Identity, LessonState
from appliance.rules.edition import Edition

COLUMNS = ("title", "category", "stage", "grade", "subject", "teacher", "school")
SHOWN_FROM = frozenset(
    {LessonState.CANDIDATE, LessonState.COMPLETE, LessonState.APPROVED, LessonState.BUNDLED, LessonState.SENT,
     LessonState.ACCEPTED}
)  # fmt: skip
OUTCOMES = {"upheld": "属实，已处理", "dismissed": "不属实", "withdrawn": "提出人撤回"}


@dataclass(frozen=True)
class Asked:
    """What a person fills in. `contact`: where an objection can be brought; `days`: working days."""

    title: str
    numbers: tuple[int, ...]
    first_day: dt.date
    days: int
    contact: str


def line(number: int, identity: Identity, edition: Edition) -> dict[str, str]:
    """What everybody may see of a lesson."""
    known = {name: getattr(identity, name) for name in COLUMNS}
    known["category"] = edition.categories.get(identity.category, "")
    known["stage"] = edition.stages.get(identity.stage, "")
    return {"number": str(number), **known}


def open_list(catalog: Catalog, asked: Asked, calendar: Calendar, edition: Edition, by: str) -> int:
    """Raises `WrongUse`, `NotFound`, `NotAllowed`; returns the number of the list."""
    if not asked.title.strip() or not asked.contact.strip() or not asked.numbers:
        raise WrongUse("公示要有标题、课例和受理异议的方式", remedy="请补齐再公示")
    if not 1 <= asked.days <= 60:
        raise WrongUse("公示要在 1 到 60 个工作日之间", remedy="请改工作日数")
    shown = [lessons.by_no(catalog.db, no) for no in dict.fromkeys(asked.numbers)]
    if early := [lesson.no for lesson in shown if lesson.state not in SHOWN_FROM]:
        raise NotAllowed(f"第 {'、'.join(map(str, early))} 号课例还不是初步人选", remedy="请先作决定，再公示")
    row = {
        "title": asked.title.strip(), "contact": asked.contact.strip(), "first_day": asked.first_day.isoformat(),
        "days": asked.days, "last_day": calendar.last_of(asked.first_day, asked.days).isoformat(),
        "edition": edition.id, "edition_hash": edition.hash,
    }  # fmt: skip
    lines = [line(lesson.no, lesson.identity, edition) for lesson in shown]
    with catalog.writing() as db:
        no = publicity.add(db, row, lines, by)
        data = {"lessons": [lesson.no for lesson in shown], "first_day": row["first_day"], "last_day": row["last_day"]}
        journal.append(db, "publicity.opened", f"publicity/{no}", data, actor=by)
    return no


def object_to(catalog: Catalog, no: int, lesson: int | None, who: str, text: str, by: str) -> int:
    """An objection is written down as it was brought. Raises `NotFound`, `WrongUse`, `NotAllowed`."""
    found = publicity.by_no(catalog.db, no)
    if found["closed_at"]:
        raise NotAllowed("这次公示已经结束", remedy="请另行登记处理")
    if not text.strip() or not who.strip():
        raise WrongUse("异议要写明是谁提的、说了什么", remedy="请补齐再登记")
    if lesson is not None and str(lesson) not in {one["number"] for one in found["lines"]}:
        raise WrongUse(f"名单里没有第 {lesson} 号课例", remedy="请核对课例号")
    with catalog.writing() as db:
        objection = publicity.object_to(db, no, lesson, who.strip(), text.strip(), by)
        journal.append(db, "publicity.objection", f"publicity/{no}", {"objection": objection, "lesson": lesson}, by)
    return objection


def answer(catalog: Catalog, objection: int, outcome: str, text: str, by: str) -> None:
    """Raises `NotFound`, `WrongUse`, `NotAllowed`. The lesson itself is decided on as any other is."""
    if outcome not in OUTCOMES or not text.strip():
        raise WrongUse("要写明异议的结果和经过", remedy="请选结果、写经过")
    found = publicity.objection(catalog.db, objection)
    if found["outcome"]:
        raise NotAllowed("这条异议已经有结果")
    with catalog.writing() as db:
        publicity.answer(db, objection, outcome, text.strip(), by)
        data = {"objection": objection, "outcome": outcome}
        journal.append(db, "publicity.answered", f"publicity/{found['publicity']}", data, actor=by)


def close(catalog: Catalog, no: int, note: str, by: str) -> None:
    """A person says that it is over. Before its last day, or with a clock that nobody checked, it takes a note; with
    an objection that nobody has answered it is refused. Raises `NotFound`, `NotAllowed`, `WrongUse`."""
    found = publicity.by_no(catalog.db, no)
    if found["closed_at"]:
        raise NotAllowed("这次公示已经结束")
    if waiting := [one for one in found["objections"] if not one["outcome"]]:
        raise NotAllowed(f"还有 {len(waiting)} 条异议没有结果", remedy="请先记下每条异议的结果")
    if not is_over(found, clock.now()) and not note.strip():
        raise WrongUse("按盒子的时间公示期还没有满，或者时间没有核对", remedy="请核对日期；确实已满的，写明依据再结束")
    with catalog.writing() as db:
        publicity.close(db, no, note.strip(), by)
        journal.append(db, "publicity.closed", f"publicity/{no}", {"note": note.strip()}, actor=by)


def is_over(found: Mapping[str, Any], moment: clock.Moment) -> bool:
    """Only a clock that is checked can tell."""
    return moment.quality == "ntp" and moment.wall[:10] > found["last_day"]


def public(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What everybody sees of the open lists: no objection, no name but those in the lines."""
    kept = ("no", "title", "contact", "first_day", "last_day", "days", "lines")
    return [{name: row[name] for name in kept} for row in rows if not row["closed_at"]]
