"""初筛: rounds, readings (who reads which lesson), opinions. Rows are only ever added; the newest opinion counts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlite_utils import Database

from appliance.catalog import MANY
from appliance.catalog.stamp import stamp
from appliance.errors import NotFound


def add(db: Database, row: Mapping[str, Any], by: str) -> int:
    """`row`: name, readers, seed, edition, edition_hash."""
    return int(db.table("screening").insert({**row, **stamp(by)}).last_pk or 0)


def everything(db: Database) -> list[dict[str, Any]]:
    """Newest first; `closed_at` "" while open."""
    return list(db.query(f"{_ROUNDS} order by s.id desc"))


def by_id(db: Database, id: int) -> dict[str, Any]:
    """Raises `NotFound`."""
    row = next(db.query(f"{_ROUNDS} where s.id = ?", [id]), None) if id < MANY else None
    if row is None:
        raise NotFound(f"没有第 {id} 轮初筛")
    return row


def close(db: Database, id: int, by: str) -> None:
    db.table("screening_end").insert({"screening": id, **stamp(by)})


def give(db: Database, id: int, lesson: int, revision: int, expert: str, by: str) -> int:
    row = {"screening": id, "lesson": lesson, "revision": revision, "expert": expert, **stamp(by)}
    return int(db.table("reading").insert(row).last_pk or 0)


def take_off(db: Database, reading: int, reason: str, by: str) -> None:
    db.table("reading_end").insert({"reading": reading, "reason": reason, **stamp(by)})


def bar(db: Database, lesson: int, expert: str, reason: str, by: str) -> None:
    db.table("screening_bar").insert({"lesson": lesson, "expert": expert, "reason": reason, **stamp(by)})


def bars(db: Database) -> dict[int, set[str]]:
    """{lesson: experts who said that they should not read it}."""
    found: dict[int, set[str]] = {}
    for row in db.query("select lesson, expert from screening_bar"):
        found.setdefault(row["lesson"], set()).add(row["expert"])
    return found


def readings(db: Database, screening: int | None = None, expert: str | None = None) -> list[dict[str, Any]]:
    """By lesson and expert, each with its newest opinion: `says` "" when there is none, `answers` a dict; `ended` says
    why it was taken off, "" while it stands; `current`: the opinion is on what the lesson is now, or was when it passed
    the screening that it has behind it."""
    rows = db.query(
        f"{_READINGS} where (? is null or r.screening = ?) and (? is null or r.expert = ?)"
        " order by r.screening, r.lesson, r.expert",
        [screening, screening, expert, expert],
    )
    return [{**row, "answers": json.loads(row["answers"] or "{}")} for row in rows]


def reading(db: Database, id: int) -> dict[str, Any]:
    """Raises `NotFound`."""
    row = next(db.query(f"{_READINGS} where r.id = ?", [id]), None) if id < MANY else None
    if row is None:
        raise NotFound("没有这份评阅")
    return {**row, "answers": json.loads(row["answers"] or "{}")}


def say(db: Database, reading: int, revision: int, row: Mapping[str, Any], by: str) -> None:
    """`row`: says, reason, answers {clause: answer}, client."""
    kept = {**row, "answers": json.dumps(row["answers"], ensure_ascii=False)}
    db.table("opinion").insert({"reading": reading, "revision": revision, **kept, **stamp(by)})


def by_client(db: Database, client: str) -> int | None:
    """The reading of the opinion that was sent under this id before."""
    row = next(db.query("select reading from opinion where client = ?", [client]), None)
    return row["reading"] if row else None


def unblind(db: Database, material: int, reason: str, by: str) -> None:
    db.table("unblinded").insert({"material": material, "reason": reason, **stamp(by)}, ignore=True)


def unblinded(db: Database) -> set[int]:
    return {row["material"] for row in db.query("select material from unblinded")}


_ROUNDS = (
    "select s.*, coalesce(e.at, '') as closed_at, coalesce(e.by_user, '') as closed_by from screening s"
    " left join screening_end e on e.screening = s.id"
)
_READINGS = (
    "select r.id, r.screening, r.lesson, r.expert, r.at as given_at, coalesce(e.reason, '') as ended,"
    " coalesce(o.says, '') as says, coalesce(o.reason, '') as reason, coalesce(o.answers, '') as answers,"
    " coalesce(o.at, '') as said_at, coalesce(o.revision = lesson.revision or lesson.state not in"
    " ('submitted', 'returned', 'rejected', 'withdrawn') and exists (select 1 from decision d where"
    " d.lesson = lesson.no and d.kind = 'screen' and d.at >= o.at), 0) as current,"
    " lesson.title, lesson.school, lesson.teacher, lesson.subject, lesson.stage, lesson.category, lesson.grade,"
    " lesson.state from reading r join lesson on lesson.no = r.lesson left join reading_end e on e.reading = r.id"
    " left join opinion o on o.id = (select max(id) from opinion where opinion.reading = r.id)"
)
