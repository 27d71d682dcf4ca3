"""场次: sessions, the lessons in them, their order and their lock."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlite_utils import Database

from appliance import clock
from appliance.catalog import lessons
from appliance.errors import NotAllowed, NotFound


def create(db: Database, row: Mapping[str, Any], by: str) -> int:
    """`row`: name, category, stage, subject, room, edition, edition_hash, rubric, terms (both JSON-able), head,
    calibration.
    Raises `NotAllowed` when the name is taken."""
    if next(db.query("select 1 from session where name = ?", [row["name"]]), None):
        raise NotAllowed(f"已经有场次“{row['name']}”", remedy="请换一个名字")
    moment = clock.now()
    texts = {name: json.dumps(row[name], ensure_ascii=False) for name in ("rubric", "terms")}
    kept = {**row, **texts, "by_user": by, "created_at": moment.wall, "clock": moment.quality}
    return int(db.table("session").insert(kept).last_pk or 0)


def by_id(db: Database, session: int) -> dict[str, Any]:
    """Raises `NotFound`."""
    row = next(db.query("select * from session where id = ?", [session]), None)
    if row is None:
        raise NotFound(f"没有第 {session} 场")
    return {**row, "rubric": json.loads(row["rubric"]), "terms": json.loads(row["terms"])}


def everything(db: Database) -> list[dict[str, Any]]:
    return list(
        db.query(
            "select id, name, category, stage, subject, room, head, calibration, seed <> '' as drawn,"
            " exists (select 1 from lock where session = session.id) as closed,"
            " (select count(*) from session_lesson where session = session.id) as lessons,"
            " (select count(*) from panel where session = session.id and kind = 'judge') as judges"
            " from session order by id"
        )
    )


def open_ones(db: Database) -> list[int]:
    return [row["id"] for row in everything(db) if not row["closed"]]


def add_lesson(db: Database, session: int, no: int) -> str:
    """Binds the lesson as it is now; returns the hash of its materials. Raises `NotAllowed` when it is in one."""
    row = next(db.query("select session from session_lesson where lesson = ?", [no]), None)
    if row:
        raise NotAllowed(f"第 {no} 号课例已经排在第 {row['session']} 场")
    revision = lessons.revision_of(db, no)
    digest = materials_hash(db, revision)
    db.table("session_lesson").insert(
        {"session": session, "lesson": no, "revision": revision, "materials_sha256": digest}
    )
    return digest


def could_enter(db: Database, row: Mapping[str, Any], states: Collection[str]) -> list[dict[str, Any]]:
    """Lessons in these states that fit the session `row` and are in none yet, by school."""
    marks = ", ".join("?" * len(states))
    return list(
        db.query(
            f"select no, title, teacher, school, stage, grade, subject from lesson where state in ({marks})"
            " and category = ? and ? in ('', stage) and ? in ('', subject) and school <> ''"
            " and no not in (select lesson from session_lesson) order by school, no",
            [*sorted(states), row["category"], row["stage"], row["subject"]],
        )
    )


def lessons_of(db: Database, session: int) -> list[dict[str, Any]]:
    """In the drawn order, before the draw by number."""
    rows = db.query(
        "select lesson.no, title, teacher, school, authors, s.revision, s.materials_sha256, s.place"
        " from session_lesson s join lesson on lesson.no = s.lesson"
        " where s.session = ? order by s.place is null, s.place, lesson.no",
        [session],
    )
    return [{**row, "authors": json.loads(row["authors"])} for row in rows]


def changed(db: Database, session: int) -> list[int]:
    """Lessons whose materials are others by now than those that the session put before its judges."""
    rows = db.query(
        "select lesson.no, s.materials_sha256 as bound, role, period, name, sha256 from session_lesson s"
        " join lesson on lesson.no = s.lesson left join material on material.revision = lesson.revision"
        " where s.session = ? order by s.place is null, s.place, lesson.no",
        [session],
    )
    found: dict[tuple[int, str], list[str]] = {}
    for row in rows:
        lines = found.setdefault((row["no"], row["bound"]), [])
        if row["sha256"]:
            lines.append(_line(row["role"], row["period"], row["name"], row["sha256"]))
    return [no for (no, digest), lines in found.items() if _hash(lines) != digest]


def materials_hash(db: Database, revision: int) -> str:
    """SHA-256 over the sorted lines "role, period, name, sha256" of a revision: what the judges judge."""
    return _hash([_line(m.role, m.period, m.name, m.sha256) for m in lessons.materials(db, revision)])


def _line(role: str, period: int, name: str, sha256: str) -> str:
    return f"{role}\t{period}\t{name}\t{sha256}"


def _hash(lines: list[str]) -> str:
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


def set_order(db: Database, session: int, seed: str, order: Sequence[int]) -> None:
    """Raises `NotAllowed` when lots were drawn already: a second draw would be a choice."""
    done = db.execute(
        "update session set seed = ?, drawn_at = ? where id = ? and seed = ''", [seed, clock.now().wall, session]
    )
    if not done.rowcount:
        raise NotAllowed("这一场已经抽过签", remedy="抽签只能做一次，请按抽出的顺序进行")
    for place, no in enumerate(order, start=1):
        db.execute("update session_lesson set place = ? where session = ? and lesson = ?", [place, session, no])


def lock(db: Database, session: int, by: str, second: str, reason: str, digest: str) -> None:
    moment = clock.now()
    db.table("lock").insert(
        {"session": session, "by_user": by, "second": second, "reason": reason, "sha256": digest, "at": moment.wall,
         "clock": moment.quality}
    )  # fmt: skip


def end_calibration(db: Database, session: int, by: str) -> None:
    moment = clock.now()
    db.table("calibration_end").insert(
        {"session": session, "by_user": by, "at": moment.wall, "clock": moment.quality}, ignore=True
    )


def calibration_ended(db: Database, session: int) -> dict[str, Any] | None:
    return next(db.query("select * from calibration_end where session = ?", [session]), None)


def locks(db: Database) -> list[dict[str, Any]]:
    """Of every locked session: id, name, `sha256` of what was locked, and how many `votes` settled ties since."""
    return list(
        db.query(
            "select session.id, session.name, lock.sha256,"
            " (select count(*) from vote where vote.session = session.id) as votes"
            " from session join lock on lock.session = session.id order by session.id"
        )
    )


def locked(db: Database, session: int) -> dict[str, Any] | None:
    return next(db.query("select * from lock where session = ?", [session]), None)
