"""公示: lists that were opened, objections, their outcomes, and that a list was closed. Rows are only ever added."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlite_utils import Database

from appliance.catalog.stamp import stamp
from appliance.errors import NotFound


def add(db: Database, row: Mapping[str, Any], lines: Sequence[Mapping[str, str]], by: str) -> int:
    stamped = {**row, "lines": json.dumps(list(lines), ensure_ascii=False), **stamp(by)}
    return int(db.table("publicity").insert(stamped).last_pk or 0)


def all_lists(db: Database) -> list[dict[str, Any]]:
    """Newest first, each with its objections."""
    return [_whole(db, row) for row in db.query(f"{_LISTS} order by publicity.no desc")]


def by_no(db: Database, no: int) -> dict[str, Any]:
    """`lines`: what was shown; `objections` oldest first; `closed_at` "" while open. Raises `NotFound`."""
    row = next(db.query(f"{_LISTS} where publicity.no = ?", [no]), None)
    if row is None:
        raise NotFound(f"没有第 {no} 次公示")
    return _whole(db, row)


def object_to(db: Database, no: int, lesson: int | None, who: str, text: str, by: str) -> int:
    row = {"publicity": no, "lesson": lesson, "who": who, "says": text, **stamp(by)}
    return int(db.table("objection").insert(row).last_pk or 0)


def objection(db: Database, id: int) -> dict[str, Any]:
    """Raises `NotFound`."""
    row = next(db.query(f"{_OBJECTIONS} where objection.id = ?", [id]), None)
    if row is None:
        raise NotFound(f"没有第 {id} 条异议")
    return row


def answer(db: Database, id: int, outcome: str, text: str, by: str) -> None:
    db.table("objection_outcome").insert({"objection": id, "outcome": outcome, "how": text, **stamp(by)})


def close(db: Database, no: int, note: str, by: str) -> None:
    db.table("publicity_end").insert({"publicity": no, "note": note, **stamp(by)})


_LISTS = (
    "select publicity.*, coalesce(e.at, '') as closed_at, coalesce(e.by_user, '') as closed_by,"
    " coalesce(e.note, '') as closed_note from publicity left join publicity_end e on e.publicity = publicity.no"
)
_OBJECTIONS = (
    "select objection.*, coalesce(o.outcome, '') as outcome, coalesce(o.how, '') as how,"
    " coalesce(o.by_user, '') as answered_by, coalesce(o.at, '') as answered_at"
    " from objection left join objection_outcome o on o.objection = objection.id"
)


def _whole(db: Database, row: dict[str, Any]) -> dict[str, Any]:
    objections = list(db.query(f"{_OBJECTIONS} where objection.publicity = ? order by objection.id", [row["no"]]))
    return {**row, "lines": json.loads(row["lines"]), "objections": objections}
