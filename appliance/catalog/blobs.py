"""Which bytes the box answers for. A row here is written in the transaction that receives them, never before
the bytes are synced and read back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlite_utils import Database

from appliance import clock
from appliance.model import Blob, Moment


def add(db: Database, blobs: Iterable[Blob], at: Moment) -> None:
    """Bytes that are known already keep their row."""
    for blob in blobs:
        db.execute(
            "insert into blob (sha256, size, stored_at, verified_at) values (?, ?, ?, ?)"
            " on conflict (sha256) do nothing",
            [blob.sha256, blob.size, at.wall, at.wall],
        )


def known(db: Database, sha256: str) -> bool:
    return db.execute("select 1 from blob where sha256 = ?", [sha256]).fetchone() is not None


def get(db: Database, sha256: str) -> Mapping[str, Any] | None:
    return next(db.query("select * from blob where sha256 = ?", [sha256]), None)


def oldest_verified(db: Database, limit: int) -> list[Mapping[str, Any]]:
    """The blobs whose last re-read is longest ago: fixity begins with them."""
    return list(db.query("select * from blob order by verified_at, sha256 limit ?", [limit]))


def all_blobs(db: Database) -> Iterator[Mapping[str, Any]]:
    return db.query("select * from blob order by sha256")


def verified(db: Database, sha256: str, at: Moment, damaged: bool) -> None:
    db.table("blob").update(sha256, {"verified_at": at.wall, "damaged": int(damaged)})


def all_sha256(db: Database) -> list[str]:
    return [row["sha256"] for row in db.query("select sha256 from blob order by sha256")]


def damaged(db: Database) -> list[str]:
    return [row["sha256"] for row in db.query("select sha256 from blob where damaged = 1 order by sha256")]


def mark_verified(db: Database, hashes: Iterable[str]) -> None:
    """They were read back from the medium just now and are whole."""
    at = clock.now().wall
    for sha256 in hashes:
        db.execute("update blob set verified_at = ?, damaged = 0 where sha256 = ?", [at, sha256])


def mark_damaged(db: Database, hashes: Iterable[str]) -> None:
    for sha256 in hashes:
        db.execute("update blob set damaged = 1 where sha256 = ?", [sha256])
