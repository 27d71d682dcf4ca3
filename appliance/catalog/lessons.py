"""Lessons, their revisions and materials.

A delivery meets a lesson in one of five ways (`save_guess`): new · same (已收过) · grown (completes the same
revision) · revised (changed bytes: a linked revision) · waiting (approved already: a person must reopen).
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from sqlite_utils import Database

from appliance import clock
from appliance.catalog import search
from appliance.errors import NotFound
from appliance.model import Identity, Lesson, LessonGuess, LessonState, Material, Phase, Verdict

# Roles of which a lesson may hold many; every other role has one file a period, so a new name replaces it.
MANY = frozenset({"", "other", "pupil_work", "evidence"})
SEALED = frozenset({LessonState.APPROVED, LessonState.BUNDLED, LessonState.SENT, LessonState.ACCEPTED})
TEXT_FIELDS = (
    "title", "category", "stage", "subject", "grade", "textbook", "volume", "teacher", "school", "special_kind",
)  # fmt: skip


def key_of(guess: LessonGuess) -> str:
    """What makes two hand-ins the same lesson: school, title and teacher; without a title, its very bytes."""
    identity = guess.identity
    if not identity.title:
        hashes = "\n".join(sorted(material.sha256 for material in guess.materials))
        return "bytes:" + hashlib.sha256(hashes.encode()).hexdigest()
    parts = (identity.school, identity.title, identity.teacher)
    return "\n".join(unicodedata.normalize("NFKC", part).casefold().replace(" ", "") for part in parts)


def save_guess(db: Database, delivery: int | None, guess: LessonGuess, phase: Phase) -> tuple[int, int, str]:
    """(lesson number, revision id, fate). Call inside a transaction; blob rows must be there already."""
    row = next(db.query("select * from lesson where key = ?", [key_of(guess)]), None)
    if row is None:
        lesson, revision = _insert(db, delivery, guess, phase)
        fate = "new"
    else:
        lesson = row["no"]
        revision, fate = _merge(db, row, delivery, guess, phase)
    if delivery is not None:
        db.table("delivery_lesson").upsert(
            {"delivery": delivery, "lesson": lesson, "revision": revision, "fate": fate}, pk=("delivery", "lesson")
        )
    search.index(db, lesson)
    return lesson, revision, fate


def _insert(db: Database, delivery: int | None, guess: LessonGuess, phase: Phase) -> tuple[int, int]:
    identity = guess.identity
    row = db.table("lesson").insert(
        {name: getattr(identity, name) for name in TEXT_FIELDS}
        | {
            "key": key_of(guess), "periods": identity.periods, "state": LessonState.SUBMITTED, "phase": phase,
            "authors": json.dumps(identity.authors, ensure_ascii=False), "created_at": clock.now().wall,
            "sources": json.dumps(dict(identity.sources), ensure_ascii=False),
        }
    )  # fmt: skip
    lesson = int(row.last_pk or 0)
    revision = _new_revision(db, lesson, 1, None, delivery, "current")
    _add(db, revision, guess.materials, delivery)
    db.table("lesson").update(lesson, {"revision": revision})
    return lesson, revision


def _merge(
    db: Database, row: Mapping[str, Any], delivery: int | None, guess: LessonGuess, phase: Phase
) -> tuple[int, str]:
    here = materials(db, row["revision"])
    fresh = [m for m in guess.materials if not any(_same(m, old) for old in here)]
    if not fresh:
        return row["revision"], "same"
    replaced = [old for old in here if any(_replaces(m, old) for m in fresh)]
    sealed = row["state"] in SEALED
    if not replaced and not sealed:
        _add(db, row["revision"], fresh, delivery)
        _widen(db, row, guess, phase)
        return row["revision"], "grown"
    number = db.execute("select max(number) from revision where lesson = ?", [row["no"]]).fetchone()[0] + 1
    state = "waiting" if sealed else "current"
    revision = _new_revision(db, row["no"], number, row["revision"], delivery, state)
    _add(db, revision, [old for old in here if old not in replaced] + fresh, delivery)
    if sealed:
        return revision, "waiting"
    make_current(db, row["no"], revision)
    _widen(db, row, guess, phase)
    return revision, "revised"


def _same(new: Material, old: Material) -> bool:
    """The same bytes, wherever a person has since put them."""
    return new.sha256 == old.sha256 and (new.role in ("", old.role) or old.name == new.name)


def _replaces(new: Material, old: Material) -> bool:
    if (new.role, new.period) != (old.role, old.period):
        return new.name == old.name
    return new.name == old.name or new.role not in MANY


def _widen(db: Database, row: Mapping[str, Any], guess: LessonGuess, phase: Phase) -> None:
    """Fills what was not known; what is known, and what a person said, stays."""
    identity = guess.identity
    learned = {n: getattr(identity, n) for n in TEXT_FIELDS if not row[n] and getattr(identity, n)}
    if identity.periods > row["periods"]:
        learned["periods"] = identity.periods
    if phase == Phase.PRODUCTION:
        learned["phase"] = phase
    if learned:
        db.table("lesson").update(row["no"], learned)


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


def _new_revision(
    db: Database, lesson: int, number: int, previous: int | None, delivery: int | None, state: str
) -> int:
    row = db.table("revision").insert(
        {
            "lesson": lesson, "number": number, "previous": previous, "delivery": delivery, "state": state,
            "created_at": clock.now().wall,
        }
    )  # fmt: skip
    return int(row.last_pk or 0)


def _add(db: Database, revision: int, new: Sequence[Material], delivery: int | None) -> None:
    for material in new:
        db.table("material").insert(
            {
                "revision": revision, "role": material.role, "period": material.period, "name": material.name,
                "raw": material.name.encode("utf-8", "surrogateescape"), "sha256": material.sha256,
                "size": material.size, "delivery": delivery,
            },
            ignore=True,  # the same name twice in one hand-in
        )  # fmt: skip


def materials(db: Database, revision: int) -> list[Material]:
    rows = db.query(
        "select material.*, media.measured from material left join media using (sha256)"
        " where revision = ? order by role, period, name",
        [revision],
    )
    return [
        Material(
            role=row["role"], period=row["period"], name=row["name"], sha256=row["sha256"], size=row["size"],
            media=json.loads(row["measured"] or "{}"), id=row["id"],
        )
        for row in rows
    ]  # fmt: skip


def by_no(db: Database, no: int) -> Lesson:
    """Raises `NotFound`."""
    row = next(db.query("select * from lesson where no = ?", [no]), None)
    if row is None:
        raise NotFound(f"没有第 {no} 号课例")
    number = db.execute("select number from revision where id = ?", [row["revision"]]).fetchone()[0]
    return Lesson(
        no=row["no"], identity=identity_of(row), state=LessonState(row["state"]), phase=Phase(row["phase"]),
        verdict=Verdict(row["verdict"]) if row["verdict"] else None, revision=number,
        materials=tuple(materials(db, row["revision"])), version=row["version"],
    )  # fmt: skip


def identity_of(row: Mapping[str, Any]) -> Identity:
    fields = {name: row[name] for name in TEXT_FIELDS}
    return Identity(
        **fields, periods=row["periods"], authors=tuple(json.loads(row["authors"])), sources=json.loads(row["sources"])
    )


def revision_of(db: Database, no: int) -> int:
    """The id of the current revision. Raises `NotFound`."""
    row = next(db.query("select revision from lesson where no = ?", [no]), None)
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
