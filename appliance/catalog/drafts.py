"""草稿: every touch of a judge's sheet, as tablets send it. Rows are only ever added; the newest is the sheet as it is.

A touch is known by the sender's own id and number, so that sending it again adds nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlite_utils import Database

from appliance import clock


def add(
    db: Database, session: int, lesson: int, judge: str, client: str, number: int, items: Mapping[str, str], comment: str
) -> bool:  # fmt: skip
    """False when this touch is there already."""
    done = db.execute(
        "insert into draft (session, lesson, judge, client, number, items, comment, at) values (?, ?, ?, ?, ?, ?, ?, ?)"
        " on conflict (client, number) do nothing",
        [session, lesson, judge, client, number, json.dumps(items, ensure_ascii=False, sort_keys=True), comment,
         clock.now().wall],
    )  # fmt: skip
    return bool(done.rowcount)


def newest(db: Database, session: int, judge: str) -> dict[int, dict[str, Any]]:
    """{lesson: the sheet as it is}."""
    rows = db.query(
        "select * from draft where id in (select max(id) from draft where session = ? and judge = ? group by lesson)",
        [session, judge],
    )
    return {row["lesson"]: {**row, "items": json.loads(row["items"])} for row in rows}


def declared(db: Database, session: int, judge: str) -> bool:
    return (
        next(db.query("select 1 from declaration where session = ? and judge = ?", [session, judge]), None) is not None
    )


def declare(db: Database, session: int, judge: str) -> None:
    moment = clock.now()
    db.table("declaration").insert(
        {"session": session, "judge": judge, "at": moment.wall, "clock": moment.quality}, ignore=True
    )
