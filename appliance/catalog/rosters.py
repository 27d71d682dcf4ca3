"""名册: every sheet that was brought, and which of a kind is in force. Nothing is deleted: rosters are dated."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlite_utils import Database

from appliance import clock
from appliance.errors import NotFound

DRAFT, IN_FORCE, REPLACED, DROPPED = "draft", "in_force", "replaced", "dropped"


def add(db: Database, kind: str, file: str, sha256: str, lines: Sequence[dict[str, Any]], by: str) -> int:
    """A draft. A draft of the same kind that nobody decided on is dropped: there is one to look at."""
    db.execute("update roster set state = ? where kind = ? and state = ?", [DROPPED, kind, DRAFT])
    moment = clock.now()
    row = {
        "kind": kind, "file": file, "sha256": sha256, "lines": json.dumps(lines, ensure_ascii=False), "state": DRAFT,
        "by_user": by, "at": moment.wall, "clock": moment.quality,
    }  # fmt: skip
    return int(db.table("roster").insert(row).last_pk or 0)


def by_id(db: Database, id: int) -> dict[str, Any]:
    """With `lines` as a list. Raises `NotFound`."""
    row = next(db.query("select * from roster where id = ?", [id]), None)
    if row is None:
        raise NotFound(f"没有第 {id} 份名册")
    return _read(row)


def in_force(db: Database, kind: str) -> dict[str, Any] | None:
    row = next(db.query("select * from roster where kind = ? and state = ?", [kind, IN_FORCE]), None)
    return _read(row) if row else None


def number_in_force(db: Database, kind: str) -> int:
    """0 without one. A roster's lines never change."""
    row = next(db.query("select id from roster where kind = ? and state = ?", [kind, IN_FORCE]), None)
    return row["id"] if row else 0


def lines(db: Database, kind: str) -> list[dict[str, Any]]:
    """Of the roster in force; empty when there is none."""
    found = in_force(db, kind)
    return found["lines"] if found else []


def history(db: Database) -> list[dict[str, Any]]:
    """Newest first, without the lines; `count` says how many there are."""
    return list(
        db.query(
            "select id, kind, file, sha256, state, by_user, at, clock, decided_by, decided_at,"
            " json_array_length(lines) as count from roster order by id desc"
        )
    )


def settle(db: Database, id: int, state: str, by: str) -> None:
    """`state`: IN_FORCE (the one in force before is replaced) or DROPPED."""
    row = by_id(db, id)
    if state == IN_FORCE:
        db.execute("update roster set state = ? where kind = ? and state = ?", [REPLACED, row["kind"], IN_FORCE])
    db.table("roster").update(id, {"state": state, "decided_by": by, "decided_at": clock.now().wall})


def _read(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "lines": json.loads(row["lines"])}
