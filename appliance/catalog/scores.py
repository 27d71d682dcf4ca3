"""评分 and 表决: rows are only ever added. A correction is the judge's next version, with its reason."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlite_utils import Database

from appliance import clock


def by_client(db: Database, client: str) -> dict[str, Any] | None:
    """The score that was recorded under a sender's own id, so that sending it again records nothing new."""
    row = next(db.query("select * from score where client = ?", [client]), None) if client else None
    return _score(row) if row else None


def versions(db: Database, session: int, lesson: int, judge: str) -> int:
    return db.execute(
        "select count(*) from score where session = ? and lesson = ? and judge = ?", [session, lesson, judge]
    ).fetchone()[0]


def lessons_scored(db: Database, session: int, judge: str) -> set[int]:
    rows = db.execute("select distinct lesson from score where session = ? and judge = ?", [session, judge])
    return {no for (no,) in rows}


def pairs(db: Database, session: int) -> set[tuple[str, int]]:
    """(judge, lesson) of every score."""
    return set(db.execute("select distinct judge, lesson from score where session = ?", [session]))


def record(
    db: Database, session: int, lesson: int, judge: str, items: Mapping[str, str], by: str, reason: str, client: str,
    comment: str = "",
) -> dict[str, Any]:  # fmt: skip
    """Bound to what the session put before the judges (`session_lesson`). The row as recorded."""
    bound = next(
        db.query(
            "select revision, materials_sha256 from session_lesson where session = ? and lesson = ?", [session, lesson]
        )
    )
    moment = clock.now()
    row = {
        "session": session, "lesson": lesson, "judge": judge,
        "version": versions(db, session, lesson, judge) + 1,
        "items": json.dumps(items, ensure_ascii=False, sort_keys=True), **bound, "by_user": by, "reason": reason,
        "client": client or None, "comment": comment, "at": moment.wall, "clock": moment.quality,
    }  # fmt: skip
    return _score({**row, "id": int(db.table("score").insert(row).last_pk or 0)})


def of_session(db: Database, session: int) -> list[dict[str, Any]]:
    """All versions, oldest first."""
    return [_score(row) for row in db.query("select * from score where session = ? order by id", [session])]


def vote(db: Database, session: int, among: list[int], choices: list[dict[str, Any]], by: str) -> int:
    row = {
        "session": session, "among": json.dumps(among), "choices": json.dumps(choices, ensure_ascii=False),
        "by_user": by, "at": clock.now().wall,
    }  # fmt: skip
    return int(db.table("vote").insert(row).last_pk or 0)


def votes_of(db: Database, session: int) -> list[dict[str, Any]]:
    rows = db.query("select * from vote where session = ? order by id", [session])
    return [{**row, "among": json.loads(row["among"]), "choices": json.loads(row["choices"])} for row in rows]


def _score(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "items": json.loads(row["items"])}
