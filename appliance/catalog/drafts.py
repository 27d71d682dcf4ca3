"""草稿: every touch of a judge's sheet, as tablets send it. Rows are only ever added; the newest is the sheet as it is.

A touch is known by the sender's own id and number, so that sending it again adds nothing. Numbers go on from the
greatest that the sender knew of (`latest`), so that the greater one is the later touch, whenever it arrives.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlite_utils import Database

from appliance import clock
from appliance.errors import NotAllowed


def add(
    db: Database, session: int, lesson: int, judge: str, client: str, number: int, items: Mapping[str, str], comment: str
) -> bool:  # fmt: skip
    """False when this touch is there already. Raises `NotAllowed` when it is there as another sheet's."""
    done = db.execute(
        "insert into draft (session, lesson, judge, client, number, version, items, comment, at)"
        " values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (client, number) do nothing",
        [session, lesson, judge, client, number, number, json.dumps(items, ensure_ascii=False, sort_keys=True), comment,
         clock.now().wall],
    )  # fmt: skip
    if done.rowcount:
        return True
    there = db.execute(
        "select session, lesson, judge from draft where client = ? and number = ?", [client, number]
    ).fetchone()
    if there != (session, lesson, judge):
        raise NotAllowed("这次改动的编号已经用过", remedy="请刷新这一页")
    return False


def newest(db: Database, session: int, judge: str) -> dict[int, dict[str, Any]]:
    """{lesson: the sheet as it is}: the touch with the greatest number; of two with the same, the one that came last."""
    rows = db.query("select * from draft where session = ? and judge = ? order by version, id", [session, judge])
    last = {row["lesson"]: row for row in rows}
    return {lesson: {**row, "items": json.loads(row["items"])} for lesson, row in last.items()}


def latest(db: Database, session: int, lesson: int, judge: str) -> int:
    """The greatest number of a touch of this sheet; 0 when there is none."""
    return db.execute(
        "select coalesce(max(version), 0) from draft where session = ? and lesson = ? and judge = ?",
        [session, lesson, judge],
    ).fetchone()[0]


def begun(db: Database, session: int) -> dict[tuple[str, int], str]:
    """{(judge, lesson): when it was touched last}."""
    rows = db.query(
        "select judge, lesson, max(at) as at from draft where session = ? group by judge, lesson", [session]
    )
    return {(row["judge"], row["lesson"]): row["at"] for row in rows}


def declared(db: Database, session: int, judge: str) -> bool:
    return (
        next(db.query("select 1 from declaration where session = ? and judge = ?", [session, judge]), None) is not None
    )


def declare(db: Database, session: int, judge: str) -> None:
    moment = clock.now()
    db.table("declaration").insert(
        {"session": session, "judge": judge, "at": moment.wall, "clock": moment.quality}, ignore=True
    )
