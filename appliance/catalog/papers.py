"""纸质评分表: what one person entered, and what another answered to it. Rows are only ever added."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlite_utils import Database

from appliance import clock
from appliance.catalog import MANY
from appliance.errors import NotFound

_WITH_ANSWER = (
    "select paper_entry.*, answer, paper_answer.reason as why, paper_answer.by_user as answered_by,"
    " paper_answer.at as answered_at from paper_entry left join paper_answer on entry = id"
)


def enter(db: Database, row: Mapping[str, Any], items: Mapping[str, str], by: str) -> int:
    """`row`: session, lesson, judge, comment, written_total, reason, scan ("" for none), sort."""
    moment = clock.now()
    kept = {**row, "items": json.dumps(items, ensure_ascii=False, sort_keys=True), "by_user": by, "at": moment.wall,
            "clock": moment.quality}  # fmt: skip
    return int(db.table("paper_entry").insert(kept).last_pk or 0)


def answer(db: Database, entry: int, said: str, reason: str, score: int | None, by: str) -> None:
    moment = clock.now()
    row = {"entry": entry, "answer": said, "reason": reason, "score": score, "by_user": by, "at": moment.wall,
           "clock": moment.quality}  # fmt: skip
    db.table("paper_answer").insert(row)


def by_id(db: Database, session: int, entry: int) -> dict[str, Any]:
    """With `answer` None while nobody answered. Raises `NotFound`, also for an entry of another session."""
    rows = db.query(f"{_WITH_ANSWER} where id = ? and session = ?", [entry, session]) if entry < MANY else iter(())
    row = next(rows, None)
    if row is None:
        raise NotFound(f"第 {session} 场没有第 {entry} 份录入")
    return _read(row)


def of_session(db: Database, session: int) -> list[dict[str, Any]]:
    """Newest first."""
    return [_read(row) for row in db.query(f"{_WITH_ANSWER} where session = ? order by id desc", [session])]


def waiting(db: Database, session: int) -> list[dict[str, Any]]:
    """Entered and not answered, oldest first."""
    return [row for row in of_session(db, session) if not row["answer"]][::-1]


def _read(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "items": json.loads(row["items"])}
