"""What a school may see of what came: its own deliveries, and of their lessons only those that are its own.

A lesson is the school's own when it bears its name (or an alias of it), or when every material of it came
with the school's deliveries. Else somebody could write another school's lesson into a form, and read what was found.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlite_utils import Database

from appliance.catalog import MANY, pages, panels

_WAYS = "kind in ('browser', 'lan') and delivery.school = ?"  # the ways that a school cannot use in another's name
Row = dict[str, Any]


def deliveries(db: Database, school: str, limit: int = 10) -> list[Row]:
    """Newest first, each with `cards` of its own lessons, `hidden` (how many are not), `left_out` entries."""
    found = list(db.query(f"select * from delivery where {_WAYS} order by no desc limit ?", [school, limit]))
    for row in found:
        every = _lessons(db, row["no"])
        own = _own(db, every, school)
        row["cards"] = pages.lesson_cards(db, own)
        row["hidden"] = len(every) - len(own)
        row["left_out"] = list(
            db.query(
                "select name, size, fate, reason from entry where delivery = ? and fate in ('ignored', 'quarantined')"
                " order by id",
                [row["no"]],
            )
        )
    return found


def lessons_to_show(db: Database, no: int, school: str) -> list[int] | None:
    """The school's own lessons of one of its deliveries; None when the delivery is not its own."""
    if no >= MANY or not list(db.query(f"select 1 from delivery where no = ? and {_WAYS}", [no, school])):
        return None
    return _own(db, _lessons(db, no), school)


def not_yet_received(db: Database, school: int) -> int:
    """Hand-ins that were ended and are on their way into the store."""
    return int(
        db.execute(
            "select count(*) from hand_in where school = ? and state = 'handed' and not exists (select 1 from drop_"
            " join delivery on delivery.drop_ = drop_.id where drop_.kind = 'browser'"
            " and drop_.identity = 'hand-in:' || hand_in.id)",
            [school],
        ).fetchone()[0]
    )


def _lessons(db: Database, no: int) -> list[int]:
    rows = db.execute("select lesson from delivery_lesson where delivery = ? order by lesson", [no])
    return [row[0] for row in rows.fetchall()]


def _own(db: Database, lessons: Sequence[int], school: str) -> list[int]:
    marks = ",".join("?" * len(lessons))
    aliases = panels.schools(db)[0]
    rows = db.query(
        "select lesson.no, lesson.school, count(material.id) filter (where not exists (select 1 from delivery"
        f" where delivery.no = material.delivery and {_WAYS})) as foreign_"
        f" from lesson left join material using (revision) where lesson.no in ({marks}) group by lesson.no",
        [school, *lessons],
    )
    mine = aliases.get(school, school)
    own = {row["no"] for row in rows if not row["foreign_"] or aliases.get(row["school"], row["school"]) == mine}
    return [no for no in lessons if no in own]
