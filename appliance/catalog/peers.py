"""Stations that this one trusts: those below (their requests were granted) and the one above (its grant accepted)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlite_utils import Database

from appliance import clock

ABOVE, BELOW = "above", "below"


def save(db: Database, code: str, name: str, direction: str, document: Mapping[str, Any]) -> None:
    """`code`: the principal, `county-640502`. `document`: the accepted grant or the granted request."""
    db.table("peer").upsert(
        {
            "code": code, "name": name, "direction": direction, "enrolled_at": clock.now().wall,
            "document": json.dumps(dict(document), ensure_ascii=False, sort_keys=True),
        },
        pk="code",
    )  # fmt: skip


def by_code(db: Database, code: str) -> dict[str, Any] | None:
    """The row, its document parsed."""
    return next((_row(row) for row in db.query("select * from peer where code = ?", [code])), None)


def all_of(db: Database, direction: str) -> list[dict[str, Any]]:
    return [_row(row) for row in db.query("select * from peer where direction = ? order by code", [direction])]


def above(db: Database) -> dict[str, Any] | None:
    """The station that ours sends to: the one enrolled last."""
    rows = sorted(all_of(db, ABOVE), key=lambda row: row["enrolled_at"])
    return rows[-1] if rows else None


def note_seen(db: Database, code: str, epoch: int, seq: int, tag: str) -> None:
    db.table("peer").update(code, {"last_epoch": epoch, "last_seq": seq, "last_tagmanifest": tag})


def _row(row: Mapping[str, Any]) -> dict[str, Any]:
    return dict(row) | {"document": json.loads(row["document"])}
