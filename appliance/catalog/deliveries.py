"""投递: immutable rows of what came, from where, when; and where each stands on its way.

The way is walked by conditional updates (`claim`, `advance`): of two workers one gets it, and a worker that
died leaves a claim that names it, so the next start can see that nobody holds it any more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlite_utils import Database

from appliance.catalog import MANY
from appliance.errors import NotFound
from appliance.model import DeliveryState, Entry, Fate, Moment


def insert(
    db: Database, *, drop: int | None, source: str, kind: str, school: str, fingerprint: str, code: str, at: Moment
) -> dict[str, Any]:
    """A new delivery; the same bytes as an earlier one carry that one's receipt number."""
    first = first_with(db, fingerprint) if fingerprint else None
    values = {
        "drop_": drop, "source": source, "kind": kind, "school": school, "fingerprint": fingerprint,
        "receipt": first["receipt"] if first else "", "duplicate_of": first["no"] if first else None,
        "received_at": at.wall, "clock": at.quality, "state": DeliveryState.RECEIVED,
    }  # fmt: skip
    no = int(db.table("delivery").insert(values).last_pk or 0)
    if first is None:
        db.table("delivery").update(no, {"receipt": f"{code}-{no:05d}"})
    return row(db, no)


def numbers(db: Database) -> set[int]:
    return {row[0] for row in db.execute("select no from delivery")}


def insert_again(db: Database, told: Mapping[str, Any]) -> None:
    """A delivery that an older catalog does not know, under its old number and receipt."""
    names = ("no", "receipt", "source", "kind", "school", "fingerprint", "received_at", "clock", "state")
    first = told["duplicate_of"] if told["duplicate_of"] in numbers(db) else None
    db.table("delivery").insert({name: told[name] for name in names} | {"duplicate_of": first})


def first_with(db: Database, fingerprint: str) -> dict[str, Any] | None:
    return next(
        db.query(
            "select * from delivery where fingerprint = ? and duplicate_of is null order by no limit 1", [fingerprint]
        ),
        None,
    )


def add_entries(db: Database, no: int, entries: Sequence[Entry], parent: int | None = None) -> None:
    """One statement for all: 20,000 entries must not hold the catalog for seconds (F15)."""
    db.conn.executemany(
        "insert into entry (delivery, parent, raw, name, size, fate, reason, sha256) values (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (no, parent, each.raw or each.name.encode(), each.name, each.size, each.fate, each.reason, each.sha256)
            for each in entries
        ],
    )


def set_fate(db: Database, entry: int, fate: Fate, reason: str) -> None:
    db.table("entry").update(entry, {"fate": fate, "reason": reason})


def row(db: Database, no: int) -> dict[str, Any]:
    """Raises `NotFound`."""
    found = next(db.query("select * from delivery where no = ?", [no]), None) if no < MANY else None
    if found is None:
        raise NotFound(f"没有第 {no} 号投递")
    return found


def entries(db: Database, no: int) -> list[dict[str, Any]]:
    return list(db.query("select * from entry where delivery = ? order by id", [no]))


def lessons_of(db: Database, no: int) -> list[dict[str, Any]]:
    """Rows of `delivery_lesson`: which lessons this delivery began, completed, changed or repeated."""
    return list(db.query("select * from delivery_lesson where delivery = ? order by lesson", [no]))


def by_no(db: Database, no: int) -> dict[str, Any]:
    """The row with its `entries` and `lessons` (rows as stored). Raises `NotFound`."""
    return row(db, no) | {"entries": entries(db, no), "lessons": lessons_of(db, no)}


def find(db: Database, limit: int = 50, offset: int = 0) -> list[dict[str, Any]]:
    """Newest first, each with counts of its entries by fate and of its lessons."""
    return list(
        db.query(
            "select delivery.*,"
            " (select count(*) from entry where delivery = no and fate in ('stored', 'duplicate')) files,"
            " (select count(*) from entry where delivery = no and fate = 'quarantined') quarantined,"
            " (select count(*) from entry where delivery = no and fate = 'ignored') ignored,"
            " (select count(*) from delivery_lesson where delivery = no) lessons"
            " from delivery order by no desc limit ? offset ?",
            [limit, offset],
        )
    )


def count(db: Database) -> int:
    return int(db.execute("select count(*) from delivery").fetchone()[0])
