"""What people decided about lessons; rows are only ever added."""

from __future__ import annotations

from typing import Any

from sqlite_utils import Database

from appliance import clock


def record(db: Database, lesson: int, revision: int, kind: str, by: str, reason: str, before: str, after: str) -> None:
    moment = clock.now()
    db.table("decision").insert(
        {
            "lesson": lesson, "revision": revision, "kind": kind, "by_user": by, "reason": reason,
            "before": before, "after": after, "at": moment.wall, "clock": moment.quality,
        }
    )  # fmt: skip


def of_lesson(db: Database, lesson: int) -> list[dict[str, Any]]:
    """Oldest first."""
    return list(db.query("select * from decision where lesson = ? order by id", [lesson]))


def standing_approvals(db: Database, lesson: int, revision: int) -> list[dict[str, Any]]:
    """Approvals of these very bytes since the last decision of another kind."""
    standing: list[dict[str, Any]] = []
    for row in of_lesson(db, lesson):
        if row["kind"] == "approve" and row["revision"] == revision:
            standing.append(row)
        elif row["kind"] not in ("approve", "waive"):
            standing = []
    return standing
