"""登记: facts of a lesson that a person writes down (type of experiment, results from above, whether it is on show),
and certificates. Rows are only ever added; the newest of a kind holds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlite_utils import Database

from appliance import clock
from appliance.errors import NotFound


def add(db: Database, lesson: int, kind: str, value: str, note: str, by: str) -> None:
    db.table("record").insert({"lesson": lesson, "kind": kind, "value": value, "note": note, **_stamp(by)})


def of_lesson(db: Database, lesson: int) -> list[dict[str, Any]]:
    """What holds: the newest of each kind, in the order in which they were first written down."""
    newest: dict[str, dict[str, Any]] = {}
    for row in db.query("select * from record where lesson = ? order by id", [lesson]):
        newest[row["kind"]] = row
    return list(newest.values())


def holding(db: Database, kind: str, value: str) -> list[int]:
    """The lessons of whose records of this kind the newest says `value`."""
    rows = db.query(
        "select lesson from record where id in (select max(id) from record where kind = ? group by lesson)"
        " and value = ? order by lesson",
        [kind, value],
    )
    return [row["lesson"] for row in rows]


def certify(db: Database, lesson: int, honour: str, check: str, line: Mapping[str, str], by: str) -> int:
    """`line`: whose and what it is, as printed."""
    row = {"lesson": lesson, "honour": honour, "check_code": check, "line": json.dumps(dict(line), ensure_ascii=False)}
    return int(db.table("certificate").insert({**row, **_stamp(by)}).last_pk or 0)


def certificates(db: Database) -> list[dict[str, Any]]:
    """Newest first; `revoked` says why one no longer holds, "" when it does."""
    return [_certificate(row) for row in db.query(f"{_CERTIFICATES} order by certificate.no desc")]


def certificate(db: Database, no: int) -> dict[str, Any]:
    """Raises `NotFound`."""
    row = next(db.query(f"{_CERTIFICATES} where certificate.no = ?", [no]), None) if no < 2**53 else None
    if row is None:
        raise NotFound(f"没有第 {no} 号证书")
    return _certificate(row)


def revoke(db: Database, no: int, reason: str, by: str) -> None:
    db.table("certificate_end").insert({"certificate": no, "reason": reason, **_stamp(by)})


_CERTIFICATES = (
    "select certificate.*, coalesce(e.reason, '') as revoked from certificate"
    " left join certificate_end e on e.certificate = certificate.no"
)


def _certificate(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "line": json.loads(row["line"])}


def _stamp(by: str) -> dict[str, str]:
    moment = clock.now()
    return {"by_user": by, "at": moment.wall, "clock": moment.quality}
