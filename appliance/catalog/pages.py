"""What the pages read at one glance: each function is one query, or a fixed few, however long the list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlite_utils import Database

from appliance.catalog.lessons import SEALED
from appliance.model import Verdict

Row = dict[str, Any]


def recent_deliveries(db: Database, limit: int, offset: int = 0) -> list[Row]:
    """Newest first, with counts: files, refused files, lessons, and lessons by verdict."""
    return list(
        db.query(
            "select delivery.*, drop_.name as drop_name, drop_.kind as drop_kind,"
            " (select count(*) from entry where entry.delivery = delivery.no) as files,"
            " (select count(*) from entry where entry.delivery = delivery.no and fate = 'quarantined') as refused,"
            " count(lesson.no) as lessons, sum(lesson.verdict = 'pass') as passed,"
            " sum(lesson.verdict = 'return') as returned, sum(lesson.verdict = 'person') as asked"
            " from (select * from delivery order by no desc limit ? offset ?) as delivery"
            " left join drop_ on drop_.id = delivery.drop_"
            " left join delivery_lesson on delivery_lesson.delivery = delivery.no"
            " left join lesson on lesson.no = delivery_lesson.lesson"
            " group by delivery.no order by delivery.no desc",
            [limit, offset],
        )
    )


def unread_parked(db: Database) -> int:
    return int(db.execute("select count(*) from delivery where state = 'parked'").fetchone()[0])


def unpark(db: Database, no: int) -> bool:
    """Lets the pipeline try a parked delivery again, from the step that it had reached. False: it is not parked."""
    known = "exists (select 1 from delivery_lesson where delivery = no)"
    cursor = db.execute(
        f"update delivery set state = case when {known} then 'identified' else 'received' end, attempts = 0,"
        " next_try = 0, error = '', claimed_by = '' where no = ? and state = 'parked'",
        [no],
    )
    return bool(cursor.rowcount == 1)


def verdict_counts(db: Database) -> list[tuple[str, int]]:
    """How many lessons stand at each verdict, in a fixed order, the empty ones too."""
    found = {row["verdict"]: row["n"] for row in db.query("select verdict, count(*) as n from lesson group by verdict")}
    return [(str(verdict), found.get(verdict, 0)) for verdict in Verdict]


def mean_lesson_bytes(db: Database) -> float:
    """Of the two hundred newest lessons; 0 when there is none."""
    total, count = db.execute(
        "select sum(size), count(distinct revision) from material where revision in"
        " (select revision from lesson order by no desc limit 200)"
    ).fetchone()
    return float(total / count) if count else 0.0


def read_marks(db: Database) -> dict[int, str]:
    """Which state of which drop somebody has read: drop id → its `updated_at` then."""
    rows = db.query("select name, value from station_state where name like 'desk.read:%'")
    return {int(row["name"].partition(":")[2]): row["value"] for row in rows}


def mark_read(db: Database, drop: int, updated_at: str) -> None:
    """A trouble of this drop, as it stood at `updated_at`, has been read by a person."""
    db.execute("replace into station_state (name, value) values (?, ?)", [f"desk.read:{drop}", updated_at])


def lesson_cards(db: Database, numbers: Sequence[int]) -> list[Row]:
    """Lessons in the order given, each with `materials`, the `findings` of its newest check (with `waived`), and
    which `turn` that check was: first, full, or None. Five queries."""
    if not numbers:
        return []
    marks = ",".join("?" * len(numbers))
    rows = {row["no"]: row for row in db.query(f"select * from lesson where no in ({marks})", numbers)}
    materials = db.query(
        "select lesson.no, material.* from material join lesson using (revision)"
        f" where lesson.no in ({marks}) order by role, period, name",
        numbers,
    )
    newest = f"id in (select max(id) from check_run where lesson in ({marks}) group by lesson)"
    by_lesson = _grouped(materials, "no")
    findings = _grouped(_findings(db, marks, numbers), "lesson")
    waivers = _grouped(db.query(f"select * from waiver where lesson in ({marks})", numbers), "lesson")
    turns = {
        row["lesson"]: row["turn"] for row in db.query(f"select lesson, turn from check_run where {newest}", numbers)
    }
    for no, row in rows.items():
        row["turn"] = turns.get(no)
        row["materials"] = by_lesson[no]
        row["findings"] = [_with_waiver(each, waivers[no], by_lesson[no]) for each in findings[no]]
    return [rows[no] for no in numbers if no in rows]


def _findings(db: Database, marks: str, numbers: Sequence[int]) -> Any:
    return db.query(
        "select check_run.lesson, finding.* from finding join check_run on check_run.id = finding.check_run"
        f" where check_run.id in (select max(id) from check_run where lesson in ({marks}) group by lesson)"
        " order by finding.id",
        numbers,
    )


def _with_waiver(finding: Row, waivers: list[Row], materials: list[Row]) -> Row:
    """A waiver for a file ends when the bytes of the file change."""
    here = {material["sha256"] for material in materials}
    same = [w for w in waivers if (w["rule"], w["material"]) == (finding["rule"], finding["material"])]
    standing = [w for w in same if not w["sha256"] or w["sha256"] in here]
    reason = f"{standing[-1]['by_user']}：{standing[-1]['reason']}" if standing else ""
    return finding | {"waived": reason}


def _grouped(rows: Any, name: str) -> dict[int, list[Row]]:
    groups: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row[name]].append(row)
    return groups


def deliveries_of_lesson(db: Database, lesson: int) -> list[Row]:
    return list(
        db.query(
            "select delivery.no, delivery.receipt, delivery.received_at, delivery.source, delivery_lesson.fate"
            " from delivery join delivery_lesson on delivery_lesson.delivery = delivery.no"
            " where lesson = ? order by delivery.no",
            [lesson],
        )
    )


def delivery_by_receipt(db: Database, receipt: str) -> int | None:
    row = db.execute("select min(no) from delivery where receipt = ? collate nocase", [receipt.strip()]).fetchone()
    return row[0] if row else None


def awaiting_approval(db: Database, limit: int, offset: int) -> tuple[list[Row], int]:
    """(complete lessons, oldest first, each with `approved_by`, "" when nobody has yet; how many there are)."""
    rows = db.query(
        "select lesson.*, coalesce((select group_concat(by_user, '、') from decision as d where d.lesson = lesson.no"
        " and d.kind = 'approve' and d.revision = lesson.revision and not exists (select 1 from decision as later"
        " where later.lesson = d.lesson and later.id > d.id and later.kind not in ('approve', 'waive'))), '')"
        " as approved_by from lesson where state = 'complete' order by no limit ? offset ?",
        [limit, offset],
    )
    return list(rows), int(db.execute("select count(*) from lesson where state = 'complete'").fetchone()[0])


def schools(db: Database) -> list[str]:
    """Names already in use, to pick from; the most frequent first."""
    rows = db.query("select school from lesson where school <> '' group by school order by count(*) desc limit 200")
    return [row["school"] for row in rows]


def is_sealed(lesson: Mapping[str, Any]) -> bool:
    """Approved or further: what a person mends then would differ from what two persons approved."""
    return lesson["state"] in SEALED
