"""登记: facts of a lesson that a person writes down (type of experiment, results from above, whether it is on show),
and certificates. Rows are only ever added; the newest of a kind holds."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlite_utils import Database

from appliance.catalog import MANY
from appliance.catalog.stamp import stamp
from appliance.errors import NotFound


def add(db: Database, lesson: int, kind: str, value: str, note: str, by: str) -> None:
    db.table("record").insert({"lesson": lesson, "kind": kind, "value": value, "note": note, **stamp(by)})


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


def results(db: Database, kinds: Sequence[str]) -> list[dict[str, str]]:
    """What holds of these kinds, of all lessons the box has ever held, the newest first: `no`, `kind`, `value`, `note`,
    `title`, `teacher`, `school`, `at` it was written down, and `year`: the id of the edition by which the lesson's
    present revision was first checked, "" when it never was. Results come out months later, often in the next year,
    and an old lesson may be checked again in a later one."""
    rows = db.query(
        "select lesson.no, kind, value, note, at, title, teacher, school, coalesce((select edition from check_run"
        " where check_run.revision = lesson.revision order by id limit 1), '') as year from record"
        " join lesson on lesson.no = record.lesson where id in (select max(id) from record group by lesson, kind)"
        f" and kind in ({','.join('?' * len(kinds))}) order by id desc",
        list(kinds),
    )
    return list(rows)


def certify(db: Database, lesson: int, row: Mapping[str, str], line: Mapping[str, str], by: str) -> int:
    """`row`: number, year, honour, check_code; `line`: whose and what it is, as printed."""
    kept = {"lesson": lesson, **row, "line": json.dumps(dict(line), ensure_ascii=False)}
    return int(db.table("certificate").insert({**kept, **stamp(by)}).last_pk or 0)


def issued_in(db: Database, year: str) -> int:
    """How many were ever issued of a year, revoked ones too: numbers are not used twice."""
    return int(db.execute("select count(*) from certificate where year = ?", [year]).fetchone()[0])


def held(db: Database, lesson: int, honour: str) -> str:
    """The number of the certificate of this honour that the lesson holds; "" when it holds none."""
    row = next(
        db.query(f"{_CERTIFICATES} where lesson = ? and honour = ? and e.certificate is null", [lesson, honour]), None
    )
    return _certificate(row)["number"] if row else ""


def certificates(db: Database) -> list[dict[str, Any]]:
    """Newest first; `revoked` says why one no longer holds, "" when it does."""
    return [_certificate(row) for row in db.query(f"{_CERTIFICATES} order by certificate.no desc")]


def certificate(db: Database, no: int) -> dict[str, Any]:
    """Raises `NotFound`."""
    row = next(db.query(f"{_CERTIFICATES} where certificate.no = ?", [no]), None) if no < MANY else None
    if row is None:
        raise NotFound(f"没有第 {no} 号证书")
    return _certificate(row)


def by_number(db: Database, number: str) -> dict[str, Any] | None:
    """`number`: in capitals, without blanks. One from before numbers were kept goes by its running number."""
    running = number.rpartition("-")[2]
    old = int(running) if running.isdecimal() and len(running) < 15 else 0
    row = next(
        db.query(f"{_CERTIFICATES} where number = ? and number <> '' or number = '' and no = ?", [number, old]), None
    )
    return _certificate(row) if row else None


def revoke(db: Database, no: int, reason: str, by: str) -> None:
    db.table("certificate_end").insert({"certificate": no, "reason": reason, **stamp(by)})


_CERTIFICATES = (
    "select certificate.*, coalesce(e.reason, '') as revoked, coalesce(e.at, '') as revoked_at from certificate"
    " left join certificate_end e on e.certificate = certificate.no"
)


def _certificate(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "number": row["number"] or f"{row['no']:05d}", "line": json.loads(row["line"])}
