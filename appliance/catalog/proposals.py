"""遴选: proposals and what became of them. Rows are only ever added."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlite_utils import Database

from appliance.catalog import MANY
from appliance.catalog.stamp import stamp
from appliance.errors import NotFound

DECIDED, DROPPED = "decided", "dropped"


def add(
    db: Database, name: str, chosen: Sequence[int], reasons: Mapping[str, str], remarks: Sequence[Mapping[str, Any]], by: str
) -> int:  # fmt: skip
    """`remarks`: what the board said of it when it was saved."""
    row = {"name": name, "chosen": json.dumps(list(chosen)), "reasons": json.dumps(dict(reasons), ensure_ascii=False),
           "remarks": json.dumps(list(remarks), ensure_ascii=False)}  # fmt: skip
    return int(db.table("proposal").insert({**row, **stamp(by)}).last_pk or 0)


def everything(db: Database) -> list[dict[str, Any]]:
    """Newest first; `outcome` "" while nobody decided."""
    return [_read(row) for row in db.query(f"{_ROWS} order by p.id desc")]


def decided(db: Database) -> tuple[set[int], dict[str, str]]:
    """Of all proposals that two persons decided: the lessons; and what was said of each exception, word for word, with
    the reason that was given for it."""
    rows = [one for one in everything(db) if one["outcome"] == DECIDED]
    given = {
        remark["says"]: one["reasons"][remark["key"]]
        for one in rows for remark in one["remarks"] if remark["key"] in one["reasons"]
    }  # fmt: skip
    return {no for one in rows for no in one["chosen"]}, given


def by_id(db: Database, id: int) -> dict[str, Any]:
    """Raises `NotFound`."""
    row = next(db.query(f"{_ROWS} where p.id = ?", [id]), None) if id < MANY else None
    if row is None:
        raise NotFound(f"没有第 {id} 个方案")
    return _read(row)


def settle(db: Database, id: int, outcome: str, by: str, second: str = "", reason: str = "") -> None:
    db.table("proposal_end").insert(
        {"proposal": id, "outcome": outcome, "second": second, "reason": reason, **stamp(by)}
    )


_ROWS = (
    "select p.*, coalesce(e.outcome, '') as outcome, coalesce(e.by_user, '') as settled_by,"
    " coalesce(e.second, '') as second, coalesce(e.at, '') as settled_at, coalesce(e.reason, '') as why"
    " from proposal p left join proposal_end e on e.proposal = p.id"
)


def _read(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, **{name: json.loads(row[name]) for name in ("chosen", "reasons", "remarks")}}
