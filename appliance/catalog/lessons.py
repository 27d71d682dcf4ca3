"""Lessons, their revisions and materials: what the catalog holds. `arrivals` is how they come to be there."""

from __future__ import annotations

import functools
import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlite_utils import Database

from appliance.catalog import MANY
from appliance.errors import NotFound
from appliance.model import Identity, Lesson, LessonState, Material, Phase, Verdict

SEALED = frozenset({LessonState.APPROVED, LessonState.BUNDLED, LessonState.SENT, LessonState.ACCEPTED})
TEXT_FIELDS = (
    "title", "category", "stage", "subject", "grade", "textbook", "volume", "teacher", "school", "special_kind",
)  # fmt: skip


def make_current(db: Database, no: int, revision: int) -> None:
    db.execute("update revision set state = 'superseded' where lesson = ? and state = 'current'", [no])
    db.table("revision").update(revision, {"state": "current"})
    db.table("lesson").update(no, {"revision": revision})


def waiting_revision(db: Database, no: int) -> int | None:
    """The newest revision that waits for the lesson to be reopened."""
    row = next(
        db.query("select id from revision where lesson = ? and state = 'waiting' order by number desc", [no]), None
    )
    return row["id"] if row else None


def materials(db: Database, revision: int) -> list[Material]:
    return _materials(db, [revision]).get(revision, [])


def _materials(db: Database, revisions: Sequence[int]) -> dict[int, list[Material]]:
    rows = db.query(
        "select material.*, media.measured from material left join media using (sha256)"
        " where revision in (select value from json_each(?)) order by role, period, name",
        [json.dumps(revisions)],
    )
    found: dict[int, list[Material]] = {}
    for row in rows:
        found.setdefault(row["revision"], []).append(
            Material(
                role=row["role"], period=row["period"], name=row["name"], sha256=row["sha256"], size=row["size"],
                media=json.loads(row["measured"] or "{}"), id=row["id"],
            )
        )  # fmt: skip
    return found


def by_no(db: Database, no: int) -> Lesson:
    """Raises `NotFound`."""
    found = many(db, [no]) if no < MANY else {}
    if no not in found:
        raise NotFound(f"没有第 {no} 号课例")
    return found[no]


def many(db: Database, numbers: Collection[int]) -> dict[int, Lesson]:
    """{number: lesson} of those that there are; two queries for any number of them."""
    rows = list(
        db.query(
            "select lesson.*, revision.number from lesson join revision on revision.id = lesson.revision"
            " where no in (select value from json_each(?))",
            [json.dumps([*numbers])],
        )
    )
    found = _materials(db, [row["revision"] for row in rows])
    return {
        row["no"]: Lesson(
            no=row["no"], identity=identity_of(row), state=LessonState(row["state"]), phase=Phase(row["phase"]),
            verdict=Verdict(row["verdict"]) if row["verdict"] else None, revision=row["number"],
            materials=tuple(found.get(row["revision"], ())), version=row["version"],
        )
        for row in rows
    }  # fmt: skip


def identity_of(row: Mapping[str, Any]) -> Identity:
    fields = {name: row[name] for name in TEXT_FIELDS}
    return Identity(
        **fields, periods=row["periods"], authors=_authors(row["authors"]), sources=dict(_sources(row["sources"]))
    )


@functools.lru_cache(4096)  # a county's lessons say the same few things
def _authors(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


@functools.lru_cache(4096)
def _sources(text: str) -> dict[str, str]:
    """Not to be changed: it is shared."""
    found: dict[str, str] = json.loads(text)
    return found


def revision_of(db: Database, no: int) -> int:
    """The id of the current revision. Raises `NotFound`."""
    row = next(db.query("select revision from lesson where no = ?", [no]), None) if no < MANY else None
    if row is None:
        raise NotFound(f"没有第 {no} 号课例")
    return row["revision"]


def find(db: Database, state: str | None = None, query: str = "", limit: int = 50, offset: int = 0) -> list[dict]:
    """Rows of `lesson`, newest first."""
    where, values = _where(state, query)
    return list(db.query(f"select * from lesson {where} order by no desc limit ? offset ?", [*values, limit, offset]))


def count(db: Database, state: str | None = None, query: str = "") -> int:
    where, values = _where(state, query)
    return db.execute(f"select count(*) from lesson {where}", values).fetchone()[0]


def _where(state: str | None, query: str) -> tuple[str, list[Any]]:
    terms: list[str] = ["1"]
    values: list[Any] = []
    if state:
        terms.append("state = ?")
        values.append(state)
    if query:
        terms.append("(instr(title, ?) or instr(teacher, ?) or instr(school, ?) or no = ?)")
        values += [query, query, query, int(query) if query.isdecimal() and len(query) < 15 else -1]
    return "where " + " and ".join(terms), values


def set_state(db: Database, no: int, state: LessonState) -> None:
    db.table("lesson").update(no, {"state": state})


def set_phase(db: Database, no: int, phase: Phase) -> None:
    """What the lesson is asked for now: from candidate on, the finished video."""
    db.execute("update lesson set phase = ? where no = ?", [phase, no])


def set_verdict(db: Database, no: int, verdict: Verdict) -> None:
    db.table("lesson").update(no, {"verdict": verdict})


def waiting_check(db: Database, delivery: int) -> list[int]:
    """Lessons of a delivery whose current revision the rules should look at."""
    rows = db.query(
        "select lesson from delivery_lesson d join lesson on lesson.no = lesson"
        " where delivery = ? and (fate <> 'waiting' or d.revision = lesson.revision) order by lesson",
        [delivery],
    )
    return [row["lesson"] for row in rows]
