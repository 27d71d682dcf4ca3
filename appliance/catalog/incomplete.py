"""Half files: their bytes are in the quarantine, and the lesson that they were meant for must be told."""

from __future__ import annotations

from sqlite_utils import Database

from appliance.model import Material


def add(db: Database, entry: int, lesson: int, revision: int, role: str, period: int) -> None:
    row = {"entry": entry, "lesson": lesson, "revision": revision, "role": role, "period": period}
    db.table("incomplete").upsert(row, pk="entry")


def of_lesson(db: Database, lesson: int) -> list[Material]:
    """The half files of the current revision that no whole file has replaced; what is missing stands in their
    `media`. A later file mends an earlier one by its name, or by the same role and period."""
    rows = db.query(
        "select incomplete.*, entry.name, entry.sha256, entry.size, entry.reason from incomplete"
        " join entry on entry.id = entry join lesson on lesson.no = lesson and lesson.revision = incomplete.revision"
        " where lesson.no = ? and not exists (select 1 from material m where m.revision = incomplete.revision"
        "  and (m.name = entry.name or (m.role <> '' and m.role = incomplete.role and m.period = incomplete.period)))"
        " order by entry",
        [lesson],
    )
    latest = {(row["role"], row["period"], row["name"]): row for row in rows}  # handed in half twice: told once
    return [
        Material(
            row["role"], row["period"], row["name"], row["sha256"], row["size"],
            {"kind": _kind(row["name"]), "whole": {"ok": False, "says": row["reason"]}},
        )
        for row in latest.values()
    ]  # fmt: skip


def _kind(name: str) -> str:
    ending = name.rpartition(".")[2].lower()
    return "video" if ending in ("mp4", "mov", "m4v") else ending
