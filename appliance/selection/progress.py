"""打分进度: which judge has begun and handed in what. No points pass here: nobody sees scores before the lock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from appliance.catalog import drafts, panels, papers, scores, sessions
from appliance.selection import calibration, conferring, sheet

OPEN, DRAFT, HELD, PAPER = "open", "draft", "held", "paper"
SCORED, RECUSED, OTHERS = "scored", "recused", "others"


@dataclass(frozen=True)
class Cell:
    """`why`: the recusal's reason; `at`: of the newest touch. PAPER: entered, waits for the second person. HELD: whole,
    waits for the conference (`calibration`), not handed in. OTHERS: the
    score of whom this judge replaced, or falls to whom replaced them."""

    state: str
    why: str = ""
    at: str = ""


@dataclass(frozen=True)
class Progress:
    """`people`: by seat, judges and observers. `cells`: {(judge, lesson no): cell}."""

    lessons: list[dict[str, Any]]
    people: list[dict[str, Any]]
    cells: dict[tuple[str, int], Cell]

    def count(self, state: str, judge: str) -> int:
        return sum(cell.state == state for (name, _), cell in self.cells.items() if name == judge)

    def waiting_for(self, no: int) -> list[str]:
        """The judges whose sheet for this lesson is not there; observers may do as they like."""
        return [
            one["name"] for one in self.people
            if one["kind"] == panels.JUDGE and self.cells[one["name"], no].state in (OPEN, DRAFT, HELD, PAPER)
        ]  # fmt: skip


def of_session(db: Database, session: int) -> Progress:
    lessons, people = sessions.lessons_of(db, session), panels.everybody_of(db, session)
    recused = sheet.recused_by_lesson(panels.recusals_of(db, session))
    done, begun = scores.pairs(db, session), drafts.begun(db, session)
    paper = {(row["judge"], row["lesson"]) for row in papers.waiting(db, session)}
    held = _held(db, sessions.by_id(db, session), people)
    before = {one["name"]: one["replaces"] for one in people if one["replaces"]}

    def cell(person: dict[str, Any], no: int) -> Cell:
        name = person["name"]
        if why := recused.get(no, {}).get(name):
            return Cell(RECUSED, why)
        if (name, no) in done:
            return Cell(SCORED)
        if person["replaced_by"] or _scored_before(name, no, before, done):
            return Cell(OTHERS)
        if (name, no) in paper:
            return Cell(PAPER)
        if (name, no) in held:
            return Cell(HELD, at=begun[name, no])
        return Cell(DRAFT, at=begun[name, no]) if (name, no) in begun else Cell(OPEN)

    return Progress(lessons, people, {(p["name"], one["no"]): cell(p, one["no"]) for p in people for one in lessons})


def _held(db: Database, row: Mapping[str, Any], people: list[dict[str, Any]]) -> set[tuple[str, int]]:
    """(judge, lesson no) of whole sheets that wait for the conference; none once released. `row`: the session's."""
    first = calibration.first(db, row)
    return {
        (one["name"], no)
        for one in people if first
        for no, draft in drafts.newest(db, row["id"], one["name"]).items()
        if no in first and conferring.whole(row, draft)
    }  # fmt: skip


def _scored_before(name: str, no: int, before: dict[str, str], done: set[tuple[str, int]]) -> bool:
    earlier = before.get(name)
    while earlier:
        if (earlier, no) in done:
            return True
        earlier = before.get(earlier)
    return False
