"""How what was handed in meets the lessons that are there.

new · same (已收过) · grown (completes the same revision) · revised (changed bytes: a linked revision) ·
waiting (approved already: a person must reopen).
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlite_utils import Database

from appliance import clock
from appliance.catalog import records, search
from appliance.catalog.lessons import SEALED, TEXT_FIELDS, make_current, materials
from appliance.model import LessonGuess, LessonState, Material, Phase

FORM = "提交单"  # who wrote down what a school's form says
PAPER = "申报表"  # who wrote down what a document of the school says


def key_of(guess: LessonGuess) -> str:
    """What makes two hand-ins the same lesson: school, title and teacher; without a title, its very bytes."""
    identity = guess.identity
    if not identity.title:
        hashes = "\n".join(sorted(material.sha256 for material in guess.materials))
        return "bytes:" + hashlib.sha256(hashes.encode()).hexdigest()
    parts = (identity.school, identity.title, identity.teacher)
    return "\n".join(unicodedata.normalize("NFKC", part).casefold().replace(" ", "") for part in parts)


def save_guess(
    db: Database, delivery: int | None, guess: LessonGuess, phase: Phase, many: Collection[str] = ()
) -> tuple[int, int, str]:
    """(lesson number, revision id, fate). Call inside a transaction; blob rows must be there already.

    `many`: the edition's roles of which a lesson may hold many; every other role has one file a period, so a new
    name replaces it."""
    row = next(db.query("select * from lesson where key = ?", [key_of(guess)]), None)
    if row is None:
        lesson, revision = _insert(db, delivery, guess, phase)
        fate = "new"
    else:
        lesson = row["no"]
        revision, fate = _merge(db, row, delivery, guess, phase, many)
    if delivery is not None:
        db.table("delivery_lesson").upsert(
            {"delivery": delivery, "lesson": lesson, "revision": revision, "fate": fate}, pk=("delivery", "lesson")
        )
    _write_down(db, lesson, guess.records)
    search.index(db, lesson)
    return lesson, revision, fate


def _write_down(db: Database, lesson: int, told: Mapping[str, str]) -> None:
    """What a school's form says holds until a person of the office writes down something else."""
    known = {row["kind"]: row for row in records.of_lesson(db, lesson)}
    for kind, value in told.items():
        held = known.get(kind)
        if held is None or held["by_user"] == PAPER or (held["by_user"] == FORM and held["value"] != value):
            records.add(db, lesson, kind, value, "", FORM)


def write_down_from_papers(db: Database, lesson: int, told: Mapping[str, tuple[str, str]]) -> None:
    """`told`: {kind: (value, the file that says so)}. Holds until the school's form or a person says something."""
    known = {row["kind"]: row for row in records.of_lesson(db, lesson)}
    for kind, (value, file) in told.items():
        held = known.get(kind)
        if held is None or (held["by_user"] == PAPER and held["value"] != value):
            records.add(db, lesson, kind, value, f"读自“{file}”", PAPER)


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
    db: Database, row: Mapping[str, Any], delivery: int | None, guess: LessonGuess, phase: Phase, many: Collection[str]
) -> tuple[int, str]:
    here = materials(db, row["revision"])
    fresh = [m for m in guess.materials if not any(_same(m, old) for old in here)]
    if not fresh:
        return row["revision"], "same"
    replaced = [old for old in here if any(_replaces(m, old, many) for m in fresh)]
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


def _replaces(new: Material, old: Material, many: Collection[str]) -> bool:
    if (new.role, new.period) != (old.role, old.period):
        return new.name == old.name
    return new.name == old.name or (new.role != "" and new.role not in many)


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
