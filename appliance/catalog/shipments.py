"""What 上报 reads at one glance: bundles with their lessons and receipts, the receipts, the stations enrolled."""

from __future__ import annotations

from typing import Any

from sqlite_utils import Database

Row = dict[str, Any]


def bundles(db: Database, limit: int, offset: int) -> list[Row]:
    """Newest first, each with its lesson's title and the last receipt that the station above gave for it."""
    return list(
        db.query(
            "select bundle.*, lesson.title, lesson.school, lesson.teacher, receipt_in.id as receipt_id,"
            " receipt_in.city_seq, receipt_in.status as receipt_status, receipt_in.document as receipt_document,"
            " receipt_in.fetched_at"
            " from (select * from bundle order by id desc limit ? offset ?) as bundle"
            " join lesson on lesson.no = bundle.lesson"
            " left join receipt_in on receipt_in.id = (select max(id) from receipt_in where bundle = bundle.id)"
            " order by bundle.id desc",
            [limit, offset],
        )
    )


def bundle_counts(db: Database) -> dict[str, int]:
    rows = db.query("select state, count(*) as n from bundle group by state")
    return {row["state"]: row["n"] for row in rows}


def approved_unsealed(db: Database) -> int:
    return int(db.execute("select count(*) from lesson where state = 'approved'").fetchone()[0])


def receipts(db: Database, limit: int) -> list[Row]:
    """The newest receipts from above, with the lesson they speak of."""
    return list(
        db.query(
            "select receipt_in.*, lesson.no as lesson_no, lesson.title, bundle.version from receipt_in"
            " left join bundle on bundle.id = receipt_in.bundle left join lesson on lesson.no = bundle.lesson"
            " order by receipt_in.id desc limit ?",
            [limit],
        )
    )


def receipt(db: Database, no: int) -> Row | None:
    return next(
        db.query(
            "select receipt_in.*, lesson.no as lesson_no, lesson.title, lesson.school, lesson.teacher,"
            " bundle.version, bundle.bytes, bundle.tagmanifest_sha256 from receipt_in"
            " left join bundle on bundle.id = receipt_in.bundle left join lesson on lesson.no = bundle.lesson"
            " where receipt_in.id = ?",
            [no],
        ),
        None,
    )


def receipts_issued(db: Database, limit: int) -> list[Row]:
    """What this station acknowledged to stations below, newest first."""
    return list(db.query("select * from receipt_out order by city_seq desc limit ?", [limit]))


def peers(db: Database) -> list[Row]:
    return list(db.query("select code, name, direction, enrolled_at, last_seq, revoked_from from peer order by code"))
