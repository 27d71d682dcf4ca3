"""The rows of the journal. Only `appliance.journal` writes here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlite_utils import Database


def last(db: Database) -> Mapping[str, Any] | None:
    return next(db.query("select * from event order by seq desc limit 1"), None)


def newest_of(db: Database, kind: str) -> Mapping[str, Any] | None:
    return next(db.query("select * from event where kind = ? order by seq desc limit 1", [kind]), None)


def insert(db: Database, row: Mapping[str, Any]) -> None:
    db.table("event").insert(dict(row))


def all_in_order(db: Database) -> Iterator[Mapping[str, Any]]:
    return db.query("select * from event order by seq")


def newest(db: Database, limit: int, before: int | None = None) -> list[Mapping[str, Any]]:
    """At most `limit` entries, newest first, older than `before`."""
    return list(db.query("select * from event where seq < ? order by seq desc limit ?", [before or 1 << 62, limit]))


def about(db: Database, subject: str) -> list[Mapping[str, Any]]:
    return list(db.query("select * from event where subject = ? order by seq", [subject]))


def counter(db: Database) -> int:
    """The highest number ever given, which SQLite remembers even when the row was deleted."""
    row = next(db.query("select seq from sqlite_sequence where name = 'event'"), None)
    return int(row["seq"]) if row else 0
