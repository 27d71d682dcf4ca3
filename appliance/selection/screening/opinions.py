"""What an expert says about a lesson, and what a round says of it as a whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from appliance import journal
from appliance.catalog import Catalog, lessons, screenings
from appliance.errors import NotAllowed, NotFound, WrongUse
from appliance.model import Identity, Phase, Tick
from appliance.rules import engine
from appliance.rules.edition import Edition, Question

LONGEST = 2000  # characters of a reason
SAYS = {"recommend": "推荐", "against": "不推荐", "unsure": "待议"}


@dataclass(frozen=True)
class Sheet:
    """What was filled in. `answers`: {clause: answer of the checklist}; `client`: the id of this very sending."""

    says: str
    reason: str
    answers: Mapping[str, str]
    client: str


def questions(edition: Edition, identity: Identity) -> list[Question]:
    """Of the checklist those that the edition puts to experts, whatever the lesson's phase is now."""
    asked = edition.selection["screening"]["clauses"]
    return [
        one for one in edition.checklist
        if one.clause in asked and any(engine.concerns(one.applies, identity, phase) for phase in Phase)
    ]  # fmt: skip


def reading_of(catalog: Catalog, reading: int, expert: str) -> dict[str, Any]:
    """Raises `NotFound` for what is not this expert's: whose it is is not told."""
    row = screenings.reading(catalog.db, reading)
    if row["expert"] != expert or row["ended"]:
        raise NotFound("没有这份评阅")
    return row


def say(catalog: Catalog, edition: Edition, reading: int, expert: str, sheet: Sheet) -> None:
    """Sent again under the same id it changes nothing. Raises `NotFound`, `WrongUse` (all gaps at once), `NotAllowed`."""
    if not 8 <= len(sheet.client) <= 60:
        raise WrongUse("这份意见没有编号", remedy="请重新打开这一页再填")
    with catalog.writing() as db:
        row = reading_of(catalog, reading, expert)
        before = screenings.by_client(db, sheet.client)
        if before == reading:
            return
        if before is not None:
            raise NotAllowed("这个编号已经用过", remedy="请重新打开这一页再填")
        if screenings.by_id(db, row["screening"])["closed_at"]:
            raise NotAllowed("这一轮初筛已经结束，不能再改", remedy="需要改的，请告诉经办")
        lesson = lessons.by_no(db, row["lesson"])
        if wrong := _gaps(questions(edition, lesson.identity), sheet):
            raise WrongUse("；".join(wrong), effect="还没有交", remedy="请补齐再交")
        kept = {"says": sheet.says, "reason": sheet.reason.strip()[:LONGEST], "answers": dict(sheet.answers),
                "client": sheet.client}  # fmt: skip
        screenings.say(db, reading, lessons.revision_of(db, row["lesson"]), kept, expert)
        data = {"judge": expert, "lesson": row["lesson"], "says": sheet.says, "revision": lesson.revision}
        journal.append(db, "screening.say", f"screening/{row['screening']}", data, actor=expert)


def _gaps(asked: Sequence[Question], sheet: Sheet) -> list[str]:
    known = {one.clause for one in asked}
    wrong = [f"没有“{clause}”这一条" for clause in sheet.answers if clause not in known]
    wrong += [f"{one.clause} 还没有回答" for one in asked if sheet.answers.get(one.clause) not in set(Tick)]
    if sheet.says not in SAYS:
        wrong.append(f"要选 {'、'.join(SAYS.values())} 中的一个")
    if not sheet.reason.strip():
        wrong.append("要写理由")
    refused = [one.clause for one in asked if sheet.answers.get(one.clause) == Tick.NO]
    if refused and sheet.says == "recommend":
        wrong.append(f"{'、'.join(refused)} 答了“否”，不能推荐")
    return wrong


@dataclass(frozen=True)
class Standing:
    """A lesson in a round: what its experts said so far. `says`: how many of each; `refused`: {clause: how many 否}."""

    no: int
    given: int
    done: int
    says: Mapping[str, int]
    refused: Mapping[str, int]
    readings: tuple[Mapping[str, Any], ...]

    @property
    def verdict(self) -> str:
        """待齐 until all have spoken; 一致推荐, 一致不推荐; else 意见不一: a person looks."""
        if self.done < self.given or not self.given:
            return "待齐"
        if self.says["recommend"] == self.given:
            return "一致推荐"
        return "一致不推荐" if self.says["against"] == self.given else "意见不一"


def standings(rows: Sequence[Mapping[str, Any]]) -> list[Standing]:
    """`rows`: readings of one round. Pure; by lesson number. What was said of an older revision is not counted."""
    found = []
    for no in sorted({row["lesson"] for row in rows}):
        mine = [row for row in rows if row["lesson"] == no]
        standing = [row for row in mine if not row["ended"]]
        spoken = [row for row in standing if row["says"] and row["current"]]
        refused = Counter(clause for row in spoken for clause, answer in row["answers"].items() if answer == Tick.NO)
        says = Counter(row["says"] for row in spoken)
        found.append(Standing(no, len(standing), len(spoken), says, refused, tuple(mine)))
    return found
