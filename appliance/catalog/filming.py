"""拍摄安排: when and where a candidate's video is shot. Rows are only ever added; the newest of a lesson holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlite_utils import Database

from appliance.catalog.stamp import stamp


def add(db: Database, lesson: int, row: Mapping[str, str], by: str) -> None:
    """`row`: day (ISO; "" calls it off), slot, place, crew, note."""
    db.table("filming").insert({"lesson": lesson, **row, **stamp(by)})


def standing(db: Database) -> list[dict[str, Any]]:
    """Of each lesson that has a day, by day and slot; with title, teacher, school and state."""
    return list(
        db.query(
            "select filming.*, lesson.title, lesson.teacher, lesson.school, lesson.state from filming"
            " join lesson on lesson.no = filming.lesson"
            " where filming.id in (select max(id) from filming group by lesson) and day <> ''"
            " order by day, slot, lesson"
        )
    )
