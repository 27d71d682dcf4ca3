"""Hand-in forms (提交单.json) that came with a lesson, and what of the lesson came with each."""

from __future__ import annotations

from typing import Any

from sqlite_utils import Database


def of_lesson(db: Database, no: int, name: str) -> list[dict[str, Any]]:
    """`{"delivery", "sha256", "size"}` of each stored entry called `name`, the newest delivery first."""
    return list(
        db.query(
            "select entry.delivery, entry.sha256, entry.size from entry join delivery_lesson using (delivery)"
            " where delivery_lesson.lesson = ? and entry.fate in ('stored', 'duplicate') and entry.sha256 <> ''"
            " and (entry.name = ? or entry.name like '%/' || ?) order by entry.delivery desc, entry.id",
            [no, name, name],
        )
    )


def materials_with_delivery(db: Database, no: int) -> list[dict[str, Any]]:
    """`{"name", "sha256", "size", "delivery"}` of the current revision."""
    return list(
        db.query(
            "select name, sha256, size, delivery from material join lesson on lesson.revision = material.revision"
            " where lesson.no = ? order by material.id",
            [no],
        )
    )
