"""人选的拍摄和补齐 (P3c): what each candidate must still bring, and when and where its video is shot."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlite_utils import Database

from appliance import journal
from appliance.catalog import Catalog, checks, filming, lessons, matrix
from appliance.catalog import scans as stamped
from appliance.catalog.lessons import identity_of
from appliance.errors import NotAllowed, WrongUse
from appliance.model import Finding, Identity, LessonState, Outcome, Phase, Severity
from appliance.rules.edition import Edition
from appliance.selection import scans
from appliance.selection.missing import Lacking

SLOTS = ("上午", "下午", "晚上")
_LONGEST = 60
_OPEN = frozenset({LessonState.CANDIDATE, LessonState.RETURNED, LessonState.COMPLETE})


@dataclass(frozen=True)
class Slot:
    """`day`: ISO, "" calls it off; `slot`: one of SLOTS; `crew`: who films."""

    day: str
    slot: str
    place: str
    crew: str = ""
    note: str = ""


@dataclass(frozen=True)
class Candidate:
    """`lacks`: (material, how many files) still to bring; `mend`: what the newest check says must be mended;
    `filming`: the row that holds, None without one."""

    no: int
    identity: Identity
    state: LessonState
    lacks: tuple[tuple[str, int], ...]
    mend: tuple[str, ...]
    filming: Mapping[str, Any] | None

    @property
    def ready(self) -> bool:
        return not self.lacks and not self.mend


def candidates(db: Database, edition: Edition) -> list[Candidate]:
    """By school and title; a fixed few queries for any number of them."""
    slots = {row["lesson"]: row for row in filming.standing(db)}
    rows, there = matrix.lessons(db, {"state": LessonState.CANDIDATE}), stamped.there(db)
    needed = {category: scans.missing(edition, (), category) for category in {row["category"] for row in rows}}
    newest, lacking = checks.newest_findings(db, LessonState.CANDIDATE), Lacking(edition, Phase.PRODUCTION)
    found = []
    for row in rows:
        no, identity = row["no"], identity_of(row)
        papers = tuple((one.title, 1) for one in needed[identity.category] if one.kind not in there.get(no, ()))
        lacks = lacking.of(row, identity) + papers
        found.append(
            Candidate(no, identity, LessonState(row["state"]), lacks, _mend(newest.get(no, ())), slots.get(no))
        )
    return sorted(found, key=lambda one: (one.identity.school, one.identity.title, one.no))


def of_lessons(db: Database, edition: Edition, numbers: Sequence[int]) -> list[Candidate]:
    """In this order. Raises `NotFound`, `NotAllowed` for what is no candidate."""
    found = {one.no: one for one in candidates(db, edition)}
    for no in numbers:
        if no not in found:
            lessons.by_no(db, no)
            raise NotAllowed(f"第 {no} 号课例现在不是初步人选", remedy="请先定为初步人选")
    return [found[no] for no in numbers]


def _mend(findings: Sequence[Finding]) -> tuple[str, ...]:
    return tuple(
        one.says for one in findings
        if one.severity == Severity.ERROR and one.outcome == Outcome.FAIL and not one.waived and one.material
    )  # fmt: skip


def plan(catalog: Catalog, no: int, slot: Slot, by: str) -> None:
    """Raises `WrongUse`, `NotFound`, `NotAllowed` (no candidate, the place or the teacher is taken then)."""
    if slot.day and (not _is_day(slot.day) or slot.slot not in SLOTS or not slot.place.strip()):
        raise WrongUse("拍摄要写日子、时段和地点", remedy="请补齐再排")
    if any(len(text) > _LONGEST for text in (slot.place, slot.crew, slot.note)):
        raise WrongUse(f"地点、拍摄的人、备注都不超过 {_LONGEST} 个字")
    with catalog.writing() as db:
        lesson = lessons.by_no(db, no)
        if lesson.state not in _OPEN:
            raise NotAllowed(f"第 {no} 号课例现在不是初步人选", remedy="请先定为初步人选")
        if slot.day and (why := _taken(filming.standing(db), no, slot, lesson.identity)):
            raise NotAllowed(why, remedy="请换个时段或地点")
        filming.add(db, no, {name: text.strip() for name, text in asdict(slot).items()}, by)
        data = {"day": slot.day or "取消", "slot": slot.slot, "place": slot.place.strip(), "note": slot.note.strip()}
        journal.append(db, "filming", f"lesson/{no}", data, actor=by)


def _taken(rows: Sequence[Mapping[str, Any]], no: int, slot: Slot, identity: Identity) -> str:
    for row in rows:
        if row["lesson"] == no or (row["day"], row["slot"]) != (slot.day, slot.slot):
            continue
        when = f"{slot.day} {slot.slot}"
        if row["place"] == slot.place.strip():
            return f"{when} {row['place']}已经排了第 {row['lesson']} 号"
        if identity.teacher and (row["teacher"], row["school"]) == (identity.teacher, identity.school):
            return f"{when}{identity.teacher}已经排了第 {row['lesson']} 号"
        if slot.crew.strip() and row["crew"] == slot.crew.strip():
            return f"{when}{row['crew']}已经排了第 {row['lesson']} 号"
    return ""


def _is_day(text: str) -> bool:
    try:
        return bool(dt.date.fromisoformat(text))
    except ValueError:
        return False
