"""Who works on which delivery. Attempts are counted when the work begins, so that work which kills its
process is counted too (F14)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlite_utils import Database

from appliance.model import DeliveryState


def due(
    db: Database, states: Sequence[str], now: float, horizon: float, only: int | None = None
) -> dict[str, Any] | None:
    """The oldest unclaimed delivery whose next try has come. A next try beyond `horizon` seconds was set by
    a clock that ran ahead, and counts as come (F8)."""
    marks = ",".join("?" * len(states))
    return next(
        db.query(
            f"select * from delivery where state in ({marks}) and claimed_by = ''"
            " and (next_try <= ? or next_try > ?) and (? is null or no = ?) order by next_try, no limit 1",
            [*states, now, now + horizon, only, only],
        ),
        None,
    )


def claim(db: Database, no: int, was: str, worker: str) -> bool:
    """True when it is ours now; the attempt is counted."""
    cursor = db.execute(
        "update delivery set claimed_by = ?, attempts = attempts + 1 where no = ? and state = ? and claimed_by = ''",
        [worker, no, was],
    )
    return bool(cursor.rowcount == 1)


def advance(db: Database, no: int, worker: str, was: str, now: str) -> bool:
    """Ends our claim with the next state. False when it is no longer ours: the caller must roll back."""
    cursor = db.execute(
        "update delivery set state = ?, claimed_by = '', attempts = 0, next_try = 0, error = ''"
        " where no = ? and state = ? and claimed_by = ?",
        [now, no, was, worker],
    )
    return bool(cursor.rowcount == 1)


def postpone(db: Database, no: int, worker: str, next_try: float, error: str, counts: bool) -> None:
    """Ends our claim without result. `counts` False: not the delivery's fault (no room), the try is given back."""
    db.execute(
        "update delivery set claimed_by = '', next_try = ?, error = ?, attempts = attempts - ?"
        " where no = ? and claimed_by = ?",
        [next_try, error, 0 if counts else 1, no, worker],
    )


def park(db: Database, no: int, was: str, error: str) -> bool:
    cursor = db.execute(
        "update delivery set state = ?, claimed_by = '', error = ? where no = ? and state = ?",
        [DeliveryState.PARKED, error, no, was],
    )
    return bool(cursor.rowcount == 1)


def workers(db: Database) -> set[str]:
    return {row["claimed_by"] for row in db.query("select distinct claimed_by from delivery where claimed_by <> ''")}


def release(db: Database, dead: Collection[str]) -> int:
    """Frees what dead workers held; the attempts that they began stay counted. Returns how many."""
    return sum(
        db.execute("update delivery set claimed_by = '' where claimed_by = ?", [worker]).rowcount for worker in dead
    )
