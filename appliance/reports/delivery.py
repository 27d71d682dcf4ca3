"""投递 as one value, for the slip, the page and the command line."""

from __future__ import annotations

from typing import Any

from sqlite_utils import Database

from appliance.catalog import checks, deliveries, lessons, ticks
from appliance.reports.lesson_json import lesson_json
from appliance.rules.edition import Edition

_FIELDS = (
    "no", "receipt", "duplicate_of", "school", "source", "kind", "received_at", "clock", "state", "error",
)  # fmt: skip
_ENTRY = ("name", "size", "fate", "reason", "sha256")


def delivery_view(db: Database, no: int, edition: Edition) -> dict[str, Any]:
    """Raises `NotFound`. `drop` is the row of the drop that it came from, None for an upload; `fate` of a lesson
    says what this delivery was to it: new, grown, revised, same, waiting."""
    row = deliveries.by_no(db, no)
    return (
        {name: row[name] for name in _FIELDS}
        | {"drop": row["drop_"]}
        | {"entries": [{name: entry[name] for name in _ENTRY} for entry in row["entries"]]}
        | {"lessons": [lesson_view(db, link["lesson"], edition) | {"fate": link["fate"]} for link in row["lessons"]]}
    )


def lesson_view(db: Database, no: int, edition: Edition) -> dict[str, Any]:
    """A lesson with what its newest check found; no findings before the first check. `turn`: whether that check was
    the first answer or the full one."""
    run = checks.latest(db, no)
    found = run["findings"] if run else []
    turn = {"turn": run["turn"] if run else None}
    return lesson_json(lessons.by_no(db, no), found, edition, ticks.newest(db, [no])[no]) | turn
