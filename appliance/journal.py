"""日志: what happened, in a chain. Each entry carries the hash of the one before, so a changed, deleted or
inserted entry is named by `verify`. A cut tail is caught by the head that the station above has seen (H17)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from sqlite_utils import Database

from appliance import clock, failpoint
from appliance.catalog import events

GENESIS = "0" * 64


def append(db: Database, kind: str, subject: str, data: Mapping[str, Any], actor: str = "box") -> int:
    """Writes one entry inside the caller's transaction; returns its sequence number."""
    last = events.last(db)
    moment = clock.now()
    row = {
        "seq": (last["seq"] if last else 0) + 1, "at": moment.wall, "clock": moment.quality, "kind": kind,
        "subject": subject, "actor": actor, "data": json.dumps(data, ensure_ascii=False, sort_keys=True),
        "prev": last["hash"] if last else GENESIS,
    }  # fmt: skip
    row["hash"] = digest(row)
    events.insert(db, row)
    failpoint.reached("journal.appended")
    return int(row["seq"])


def digest(row: Mapping[str, Any]) -> str:
    """SHA-256 over all fields but the hash itself, as canonical JSON."""
    fields = {name: row[name] for name in ("seq", "at", "clock", "kind", "subject", "actor", "data", "prev")}
    return hashlib.sha256(json.dumps(fields, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def head(db: Database) -> tuple[int, str]:
    """The last sequence number and hash: what a bundle carries upstream."""
    last = events.last(db)
    return (last["seq"], last["hash"]) if last else (0, GENESIS)


def verify(db: Database, acknowledged: tuple[int, str] | None = None) -> tuple[int, int | None]:
    """(entries read, first bad number or None). `acknowledged`: a head that somebody else has seen."""
    expected, prev, count = 1, GENESIS, 0
    for row in _rows(db):
        if row["seq"] != expected or row["prev"] != prev or digest(row) != row["hash"]:
            return count, expected
        if acknowledged and acknowledged[0] == expected and acknowledged[1] != row["hash"]:
            return count, expected
        expected, prev, count = expected + 1, row["hash"], count + 1
    counter = events.counter(db)
    if counter > count or (acknowledged and acknowledged[0] > count):
        return count, count + 1
    return count, None


def _rows(db: Database) -> Iterator[Mapping[str, Any]]:
    return events.all_in_order(db)
