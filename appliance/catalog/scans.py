"""扫描件 of records: which bytes stand beside what a person wrote down. Rows are only ever added; the newest of a kind
holds, the older ones stay to be looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlite_utils import Database

from appliance.catalog import MANY
from appliance.catalog.stamp import stamp
from appliance.errors import NotFound


def add(db: Database, lesson: int, kind: str, row: Mapping[str, Any], by: str) -> int:
    """`row`: sha256, sort, size, name, material (None for one that the office brought)."""
    return int(db.table("record_scan").insert({"lesson": lesson, "kind": kind, **row, **stamp(by)}).last_pk or 0)


def of_lesson(db: Database, lesson: int) -> dict[str, list[dict[str, Any]]]:
    """{kind: its scans, the one that holds first}."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in db.query("select * from record_scan where lesson = ? order by id desc", [lesson]):
        found.setdefault(row["kind"], []).append(row)
    return found


def by_id(db: Database, lesson: int, scan: int) -> dict[str, Any]:
    """Raises `NotFound`, also for one of another lesson."""
    rows = (
        db.query("select * from record_scan where id = ? and lesson = ?", [scan, lesson]) if scan < MANY else iter(())
    )
    row = next(rows, None)
    if row is None:
        raise NotFound(f"第 {lesson} 号课例没有这份扫描件")
    return row


def there(db: Database) -> dict[int, set[str]]:
    """{lesson: the kinds of which a scan is there}, of all lessons."""
    found: dict[int, set[str]] = {}
    for row in db.query("select distinct lesson, kind from record_scan"):
        found.setdefault(row["lesson"], set()).add(row["kind"])
    return found


def handed_in(db: Database, lesson: int, roles: Sequence[str]) -> list[dict[str, Any]]:
    """Materials of these roles of the lesson as it is now: id, name, role, sha256, size and `sort`, which the probes
    told from the bytes."""
    marks = ",".join("?" * len(roles))
    rows = db.query(
        "select m.id, m.name, m.role, m.sha256, m.size, coalesce(json_extract(media.measured, '$.type'), '') as sort"
        " from material m join lesson using (revision) left join media on media.sha256 = m.sha256"
        f" where lesson.no = ? and m.role in ({marks}) order by m.id",
        [lesson, *roles],
    )
    return list(rows)
