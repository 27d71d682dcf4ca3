"""What people answered to the questions of the checklist. Rows are only ever added; the newest of a clause counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlite_utils import Database

from appliance import clock


def record(db: Database, lesson: int, revision: int, clause: str, answer: str, remark: str, by: str) -> None:
    moment = clock.now()
    db.table("tick").insert(
        {
            "lesson": lesson, "revision": revision, "clause": clause, "answer": answer, "remark": remark,
            "by_user": by, "at": moment.wall, "clock": moment.quality,
        }
    )  # fmt: skip


def newest(db: Database, lessons: Sequence[int]) -> dict[int, dict[str, dict[str, Any]]]:
    """{lesson: {clause: its newest tick}}, one query. A tick has `number`, that of the revision it was given for,
    and `current`: whether that is the lesson's revision now."""
    marks = ",".join("?" * len(lessons))
    rows = db.query(
        "select tick.*, revision.number, revision.id = lesson.revision as current from tick"
        " join revision on revision.id = tick.revision join lesson on lesson.no = tick.lesson"
        f" where tick.id in (select max(id) from tick where lesson in ({marks}) group by lesson, clause)",
        list(lessons),
    )
    found: dict[int, dict[str, dict[str, Any]]] = {no: {} for no in lessons}
    for row in rows:
        found[row["lesson"]][row["clause"]] = row
    return found


def of_lesson(db: Database, lesson: int) -> list[dict[str, Any]]:
    """All that was ever answered, oldest first."""
    return list(
        db.query(
            "select tick.*, revision.number from tick join revision on revision.id = tick.revision"
            " where tick.lesson = ? order by tick.id",
            [lesson],
        )
    )
