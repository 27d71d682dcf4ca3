"""What was asked of the receipt printer. `paper`: a row of
`appliance.printing.papers`; `about`: the number of its delivery or lesson, 0 for a test."""

from __future__ import annotations

from typing import Any

from sqlite_utils import Database

from appliance import clock
from appliance.model import PrintState

Row = dict[str, Any]


def add(db: Database, paper: str, about: int, by: str) -> int:
    """The same paper that still waits is not asked for twice: two touches of a button are one slip."""
    waits = next(db.query(f"{_JOBS} where state = 'queued' and paper = ? and about = ?", [paper, about]), None)
    if waits:
        return int(waits["id"])
    moment = clock.now()
    row = {"paper": paper, "about": about, "by_user": by, "at": moment.wall, "clock": moment.quality}
    return int(db.table("print_job").insert(row).last_pk or 0)


def claim(db: Database) -> Row | None:
    """The oldest that waits, now ours; None when nothing does."""
    row = next(db.query(f"{_JOBS} where state = 'queued' order by id limit 1"), None)
    if row is None:
        return None
    mine = db.execute(
        "update print_job set state = 'printing' where id = ? and state = 'queued'", [row["id"]]
    ).rowcount  # fmt: skip
    return row if mine else None


def end(db: Database, id: int, state: PrintState, reason: str = "") -> None:
    db.table("print_job").update(id, {"state": state, "reason": reason, "ended_at": clock.now().wall})


def cut_short(db: Database) -> list[Row]:
    """Those at which a former process was when it ended."""
    return list(db.query(f"{_JOBS} where state = 'printing' order by id"))


def newest(db: Database, limit: int) -> list[Row]:
    return list(
        db.query(
            "select print_job.*, coalesce(delivery.school, lesson.school, '') as school, coalesce(delivery.receipt, '') as receipt"
            " from print_job left join delivery on paper = 'slip' and delivery.no = about"
            " left join lesson on paper = 'reminder' and lesson.no = about"
            " order by print_job.id desc limit ?",
            [limit],
        )
    )


def by_id(db: Database, id: int) -> Row | None:
    return next(db.query(f"{_JOBS} where id = ?", [id]), None)


_JOBS = "select * from print_job"
