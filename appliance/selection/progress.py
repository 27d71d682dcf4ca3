"""打分进度: which judge has begun and handed in what. No points pass here: nobody sees scores before the lock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from appliance.catalog import drafts, panels, papers, scores, sessions
from appliance.selection import sheet

OPEN, DRAFT, PAPER, SCORED, RECUSED, OTHERS = "open", "draft", "paper", "scored", "recused", "others"


@dataclass(frozen=True)
class Cell:
    """`why`: the recusal's reason; `at`: of the newest touch. PAPER: entered, waits for the second person. OTHERS: the
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
            if one["kind"] == panels.JUDGE and self.cells[one["name"], no].state in (OPEN, DRAFT, PAPER)
        ]  # fmt: skip


def of_session(db: Database, session: int) -> Progress:
    lessons, people = sessions.lessons_of(db, session), panels.everybody_of(db, session)
    recused = sheet.recused_by_lesson(panels.recusals_of(db, session))
    done, begun = scores.pairs(db, session), drafts.begun(db, session)
    paper = {(row["judge"], row["lesson"]) for row in papers.waiting(db, session)}
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
        return Cell(DRAFT, at=begun[name, no]) if (name, no) in begun else Cell(OPEN)

    return Progress(lessons, people, {(p["name"], one["no"]): cell(p, one["no"]) for p in people for one in lessons})


def _scored_before(name: str, no: int, before: dict[str, str], done: set[tuple[str, int]]) -> bool:
    earlier = before.get(name)
    while earlier:
        if (earlier, no) in done:
            return True
        earlier = before.get(earlier)
    return False
