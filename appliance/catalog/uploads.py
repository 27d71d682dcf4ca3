"""What schools hand in by browser: a `hand_in` is open until the school says 交齐了; its files are `upload` rows.

`bytes` is the acknowledged offset: so much is on the disk and synced. `idle` counts the seconds that the box ran
since the last byte came; a clock that jumps gives nothing up.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlite_utils import Database

from appliance import clock

Row = dict[str, Any]

OPEN, HANDED = "open", "handed"


def open_hand_in(db: Database, school: int) -> Row | None:
    return next(db.query("select * from hand_in where school = ? and state = 'open'", [school]), None)


def begin_hand_in(db: Database, school: int) -> Row:
    """The one that is open, or a new one."""
    if (row := open_hand_in(db, school)) is None:
        db.table("hand_in").insert({"school": school, "made_at": clock.now().wall})
        row = open_hand_in(db, school) or {}
    return row


def close_hand_in(db: Database, hand_in: int) -> None:
    db.execute("update hand_in set state = 'handed', handed_at = ? where id = ?", [clock.now().wall, hand_in])


def handed_by(db: Database, school: int, limit: int = 20) -> list[Row]:
    """Newest first, each with how many files it had."""
    return list(
        db.query(
            "select hand_in.*, count(upload.id) as files from hand_in left join upload on upload.hand_in = hand_in.id"
            " where school = ? and state = 'handed' group by hand_in.id order by hand_in.id desc limit ?",
            [school, limit],
        )
    )


def handed(db: Database) -> list[Row]:
    """Each with the `name` of its school."""
    return list(
        db.query(
            "select hand_in.id, school_code.school as name from hand_in"
            " join school_code on school_code.id = hand_in.school where state = 'handed'"
        )
    )


def add(db: Database, upload: str, hand_in: int, name: str, size: int, stamp: str) -> Row:
    row = {"id": upload, "hand_in": hand_in, "name": name, "size": size, "stamp": stamp, "made_at": clock.now().wall}
    db.table("upload").insert(row)
    return row | {"bytes": 0, "idle": 0.0}


def named(db: Database, hand_in: int, name: str) -> Row | None:
    return next(db.query("select * from upload where hand_in = ? and name = ?", [hand_in, name]), None)


def of_school(db: Database, upload: str, school: int) -> Row | None:
    """While its hand-in is open, and to nobody else."""
    rows = db.query(
        "select upload.* from upload join hand_in on hand_in.id = upload.hand_in"
        " where upload.id = ? and hand_in.school = ? and state = 'open'",
        [upload, school],
    )
    return next(rows, None)


def of_hand_in(db: Database, hand_in: int) -> list[Row]:
    return list(db.query("select * from upload where hand_in = ? order by name", [hand_in]))


def acknowledge(db: Database, upload: str, count: int) -> None:
    db.execute("update upload set bytes = ?, idle = 0 where id = ?", [count, upload])


def remove(db: Database, uploads: Sequence[str]) -> None:
    db.conn.executemany("delete from upload where id = ?", [(each,) for each in uploads])


def rest(db: Database, seconds: float) -> None:
    """So much longer nobody has sent anything."""
    db.execute("update upload set idle = idle + ? where bytes < size and hand_in in (select id from hand_in"
               " where state = 'open')", [seconds])  # fmt: skip


def given_up(db: Database, seconds: float) -> list[Row]:
    """Begun, not ended, and resting for so long."""
    return list(
        db.query(
            "select upload.*, hand_in.school from upload join hand_in on hand_in.id = upload.hand_in"
            " where state = 'open' and upload.bytes < upload.size and idle >= ?",
            [seconds],
        )
    )


def promised(db: Database) -> int:
    """Bytes that still have to find room: what is to come of every begun file, and once more all that is not yet in
    the store."""
    rest_of = "coalesce(sum(size - bytes), 0) + coalesce(sum(size), 0)"
    where = "hand_in in (select id from hand_in where state = 'open')"
    return int(db.execute(f"select {rest_of} from upload where {where}").fetchone()[0])


def used_by(db: Database, school: int) -> tuple[int, int]:
    """(bytes that this school has begun or handed in, files of its open hand-in)."""
    row = db.execute(
        "select coalesce(sum(size), 0), count(*) filter (where state = 'open') from upload"
        " join hand_in on hand_in.id = upload.hand_in where hand_in.school = ?",
        [school],
    ).fetchone()
    return int(row[0]), int(row[1])


def all_ids(db: Database) -> dict[int, set[str]]:
    """Of the open hand-ins: which files each has."""
    found: dict[int, set[str]] = {}
    for row in db.query(
        "select hand_in.id as hand_in, upload.id from hand_in left join upload on upload.hand_in = hand_in.id"
        " where state = 'open'"
    ):
        found.setdefault(row["hand_in"], set()).add(row["id"] or "")
    return found
