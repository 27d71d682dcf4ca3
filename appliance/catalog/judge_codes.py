"""入场码: by which a judge enters with a tablet. Codes arrive here hashed (`appliance.passwords`).

A judge has one code at a time; `epoch` counts its changes, so that a tablet that entered by an older one is out.
"""

from __future__ import annotations

from typing import Any

from sqlite_utils import Database

from appliance import clock
from appliance.catalog import MANY

ALLOWED_FAILURES = 5
LOCKED_SECONDS = 300


def find(db: Database, number: int) -> dict[str, Any] | None:
    return next(db.query("select * from judge_code where id = ?", [number]), None) if number < MANY else None


def of_session(db: Database, session: int) -> dict[str, dict[str, Any]]:
    """{judge: row} of those in the session who have a code."""
    rows = db.query("select judge_code.* from judge_code join panel using (judge) where session = ?", [session])
    return {row["judge"]: row for row in rows}


def reserve(db: Database, judge: str, by_user: str) -> int:
    """The judge's number, a row made when there is none yet; the code follows by `set_code`."""
    db.execute(
        "insert into judge_code (judge, code, made_at, by_user) values (?, '', ?, ?) on conflict (judge) do nothing",
        [judge, clock.now().wall, by_user],
    )
    return int(db.execute("select id from judge_code where judge = ?", [judge]).fetchone()[0])


def set_code(db: Database, number: int, code: str, by_user: str) -> None:
    """`code`: the hash. Ends a lock-out, and whoever entered by the code before."""
    db.execute(
        "update judge_code set code = ?, by_user = ?, made_at = ?, failures = 0, locked_until = 0, epoch = epoch + 1"
        " where id = ?",
        [code, by_user, clock.now().wall, number],
    )


def count_failure(db: Database, number: int, now: float) -> None:
    """The fifth failure in a row locks for some minutes. `now`: seconds since 1970."""
    db.execute(
        "update judge_code set failures = (failures + 1) % ?,"
        " locked_until = case when failures + 1 >= ? then ? else locked_until end where id = ?",
        [ALLOWED_FAILURES, ALLOWED_FAILURES, now + LOCKED_SECONDS, number],
    )


def count_success(db: Database, number: int) -> None:
    db.execute("update judge_code set failures = 0, locked_until = 0 where id = ?", [number])
