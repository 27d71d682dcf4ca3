"""Receipts: those that this station wrote for the stations below, and those that it fetched from above.

A written receipt is its row; the files in `receipts/` are copies of `document` that can be made again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlite_utils import Database


def next_number(db: Database) -> int:
    """One above every number ever given, also after a row was lost."""
    row = next(db.query("select seq from sqlite_sequence where name = 'receipt_out'"), None)
    return int(row["seq"]) + 1 if row else 1


def insert_out(db: Database, row: Mapping[str, Any]) -> None:
    db.table("receipt_out").insert(dict(row))


def last_document(db: Database, county: str) -> str | None:
    row = next(
        db.query("select document from receipt_out where county = ? order by city_seq desc limit 1", [county]), None
    )
    return row["document"] if row else None


def of_bundle(db: Database, county: str, tag: str) -> list[Mapping[str, Any]]:
    """What was answered about these very bytes, oldest first."""
    return list(
        db.query(
            "select * from receipt_out where county = ? and tagmanifest_sha256 = ? order by city_seq", [county, tag]
        )
    )


def of_county(db: Database, county: str, after: int = 0) -> list[Mapping[str, Any]]:
    return list(
        db.query("select * from receipt_out where county = ? and city_seq > ? order by city_seq", [county, after])
    )


def counted(db: Database, county: str) -> list[Mapping[str, Any]]:
    """What occupies a number of the county's newest epoch."""
    return list(
        db.query(
            "select * from receipt_out where county = ? and epoch > 0 and epoch ="
            " (select max(epoch) from receipt_out where county = ?) order by seq",
            [county, county],
        )
    )


def waiting(db: Database, county: str) -> list[Mapping[str, Any]]:
    """Verified, kept, and not yet catalogued because a number before it is missing; in order."""
    return list(
        db.query(
            "select * from receipt_out as r where county = ? and status = 'verified' and not exists (select 1 from"
            " receipt_out as later where later.county = r.county and later.status = 'cataloged'"
            " and later.tagmanifest_sha256 = r.tagmanifest_sha256) order by epoch, seq",
            [county],
        )
    )


def newest_out(db: Database, limit: int = 100) -> list[Mapping[str, Any]]:
    return list(db.query("select * from receipt_out order by city_seq desc limit ?", [limit]))


def last_in(db: Database, station: str) -> Mapping[str, Any] | None:
    return next(db.query("select * from receipt_in where station = ? order by id desc limit 1", [station]), None)


def all_in(db: Database, station: str) -> list[Mapping[str, Any]]:
    """As they were taken: the numbers leap where the station above was restored."""
    return list(db.query("select * from receipt_in where station = ? order by id", [station]))


def insert_in(db: Database, row: Mapping[str, Any]) -> int:
    return int(db.table("receipt_in").insert(dict(row)).last_pk or 0)


def in_of_bundle(db: Database, bundle: int) -> list[Mapping[str, Any]]:
    """What the station above answered, oldest first."""
    return list(db.query("select * from receipt_in where bundle = ? order by city_seq", [bundle]))


def newest_in(db: Database, limit: int = 100) -> list[Mapping[str, Any]]:
    return list(db.query("select * from receipt_in order by id desc limit ?", [limit]))
