"""交件码: by which a school hands in itself. Codes arrive here hashed (`appliance.passwords`).

A school has one code at a time; `epoch` counts its changes, so that a session signed in by an older one ends.
`bytes`: what this school may hand in by browser, None for what the station allows to each.
"""

from __future__ import annotations

from typing import Any

from sqlite_utils import Database

from appliance import clock
from appliance.catalog import MANY
from appliance.errors import NotFound

ALLOWED_FAILURES = 5
LOCKED_SECONDS = 300


def of_school(db: Database, school: str) -> dict[str, Any]:
    """Raises `NotFound`."""
    row = next(db.query("select * from school_code where school = ?", [school]), None)
    if row is None:
        raise NotFound(f"{school} 还没有交件码", remedy="请核对学校名称")
    return row


def named(db: Database, school: str) -> dict[str, Any] | None:
    """The row of a school whose code is in force."""
    return next(db.query("select * from school_code where school = ? and revoked = 0", [school]), None)


def said_school(db: Database, no: int, source: str) -> tuple[str, str] | None:
    """(school of the lesson, the other one that was said), as its sources keep it under `source`."""
    row = db.execute("select school, json_extract(sources, '$.\"' || ? || '\"') from lesson where no = ?", [source, no])
    found = row.fetchone()
    return (found[0], found[1]) if found and found[1] and found[0] != found[1] else None


def find(db: Database, number: int) -> dict[str, Any] | None:
    return next(db.query("select * from school_code where id = ?", [number]), None) if number < MANY else None


def everyone(db: Database) -> list[dict[str, Any]]:
    """In the order in which the codes were made, each with what it hands in now and has handed in."""
    return list(
        db.query(
            "select school_code.*,"
            " coalesce(sum(upload.size), 0) as used, count(upload.id) filter (where hand_in.state = 'open') as waiting"
            " from school_code left join hand_in on hand_in.school = school_code.id"
            " left join upload on upload.hand_in = hand_in.id group by school_code.id order by school_code.id"
        )
    )


def reserve(db: Database, school: str, by_user: str) -> int:
    """The school's number, its row made when there is none yet; its code follows by `set_code`."""
    db.execute(
        "insert into school_code (school, code, made_at, by_user) values (?, '', ?, ?) on conflict (school) do nothing",
        [school, clock.now().wall, by_user],
    )
    return int(of_school(db, school)["id"])


def set_code(db: Database, number: int, code: str, by_user: str) -> None:
    """`code`: the hash. Ends a lock-out and a revocation, and whoever is signed in by the code before."""
    db.execute(
        "update school_code set code = ?, by_user = ?, made_at = ?, revoked = 0, failures = 0, locked_until = 0,"
        " epoch = epoch + 1 where id = ?",
        [code, by_user, clock.now().wall, number],
    )


def revoke(db: Database, school: str) -> None:
    """Raises `NotFound`."""
    number = of_school(db, school)["id"]
    db.execute("update school_code set revoked = 1, epoch = epoch + 1 where id = ?", [number])


def allow_bytes(db: Database, school: str, limit: int | None) -> None:
    """Raises `NotFound`."""
    db.execute("update school_code set bytes = ? where id = ?", [limit, of_school(db, school)["id"]])


def count_failure(db: Database, number: int, now: float) -> None:
    """The fifth failure in a row locks for some minutes. `now`: seconds since 1970."""
    db.execute(
        "update school_code set failures = (failures + 1) % ?,"
        " locked_until = case when failures + 1 >= ? then ? else locked_until end where id = ?",
        [ALLOWED_FAILURES, ALLOWED_FAILURES, now + LOCKED_SECONDS, number],
    )


def count_success(db: Database, number: int) -> None:
    db.execute("update school_code set failures = 0, locked_until = 0 where id = ?", [number])
