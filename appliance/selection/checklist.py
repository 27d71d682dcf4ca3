"""核对清单: the questions that only a person can answer, and where each stands for a lesson.

A tick belongs to the revision that its giver saw. When the school hands in another one, an earlier "yes" is shown as
given for the older revision and the question is open again; a "no" keeps the lesson from approval until somebody
answers anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from appliance import journal
from appliance.catalog import Catalog, lessons, ticks
from appliance.errors import NotAllowed, NotFound, WrongUse
from appliance.model import Identity, Lesson, Phase, Tick
from appliance.rules import engine
from appliance.rules.edition import Edition, Question

ANSWERS = {Tick.YES: "是", Tick.NO: "否", Tick.NOT_APPLICABLE: "不适用"}
LONGEST = 500  # characters of a remark


@dataclass(frozen=True)
class Item:
    """A question and its newest answer. `answer` "" : never answered. `current`: given for the revision of now."""

    clause: str
    place: str
    question: str
    who: frozenset[str]
    answer: str = ""
    remark: str = ""
    by: str = ""
    at: str = ""
    revision: int = 0
    current: bool = False

    @property
    def refused(self) -> bool:
        return self.answer == Tick.NO

    @property
    def open(self) -> bool:
        """Nobody has answered it for what the lesson is now."""
        return not self.refused and not self.current


def questions(edition: Edition, identity: Identity, phase: Phase) -> list[Question]:
    return [one for one in edition.checklist if engine.concerns(one.applies, identity, phase)]


def items(edition: Edition, lesson: Lesson, newest: Mapping[str, Mapping[str, Any]]) -> list[Item]:
    """`newest`: of this lesson, as `ticks.newest` gives it. Pure."""
    return [_item(one, newest.get(one.clause)) for one in questions(edition, lesson.identity, lesson.phase)]


def unanswered(edition: Edition, identity: Identity, phase: Phase) -> list[Item]:
    """For files that nobody has handed in yet."""
    return [_item(one, None) for one in questions(edition, identity, phase)]


def of_lesson(db: Database, edition: Edition, lesson: Lesson) -> list[Item]:
    return items(edition, lesson, ticks.newest(db, [lesson.no])[lesson.no])


def _item(question: Question, row: Mapping[str, Any] | None) -> Item:
    head = (question.clause, question.place, question.question, question.who)
    if row is None:
        return Item(*head)
    return Item(*head, row["answer"], row["remark"], row["by_user"], row["at"], row["number"], bool(row["current"]))


@dataclass(frozen=True)
class Left:
    """How many questions of a lesson are still open, how many were answered with "no"."""

    open: int
    refused: int


def left(db: Database, edition: Edition, rows: Sequence[Mapping[str, Any]]) -> dict[int, Left]:
    """{lesson number: what is left}; `rows` of the table `lesson`. One query for all."""
    newest = ticks.newest(db, [row["no"] for row in rows])
    found = {}
    for row in rows:
        asked = questions(edition, lessons.identity_of(row), Phase(row["phase"]))
        standing = [_item(one, newest[row["no"]].get(one.clause)) for one in asked]
        found[row["no"]] = Left(sum(one.open for one in standing), sum(one.refused for one in standing))
    return found


def as_json(found: Iterable[Item]) -> list[dict[str, Any]]:
    names = ("clause", "question", "answer", "remark", "by", "at", "revision", "current")
    return [{name: getattr(one, name) for name in names} for one in found]


def tick(
    catalog: Catalog, no: int, clause: str, answer: str, remark: str, by: str, edition: Edition, role: str = ""
) -> Item:
    """One transaction: the answer and its entry in the journal. `role`: of the user who answers, "" for somebody with
    a shell on the box who is no user. Raises `NotFound`, `WrongUse`, `NotAllowed`."""
    if answer not in set(Tick):
        raise WrongUse(f"只能答 {'、'.join(ANSWERS.values())}")
    if not by.strip():
        raise WrongUse("没有写是谁核对的")
    remark = remark.strip()[:LONGEST]
    if answer == Tick.NO and not remark:
        raise WrongUse("答“否”要写明哪里不对", remedy="请写明原因，再答一次")
    with catalog.writing() as db:
        lesson = lessons.by_no(db, no)
        found = {one.clause: one for one in questions(edition, lesson.identity, lesson.phase)}
        if clause not in found:
            raise NotFound(f"第 {no} 号课例的核对清单里没有 {clause}")
        if role and role not in found[clause].who:
            raise NotAllowed("您的角色不能答这一条")
        if lesson.state in lessons.SEALED:
            raise NotAllowed("审批通过以后不能再答", remedy="需要改时请审批人先重新打开这节课例")
        ticks.record(db, no, lessons.revision_of(db, no), clause, answer, remark, by.strip())
        data = {"clause": clause, "answer": answer, "remark": remark, "revision": lesson.revision}
        journal.append(db, "tick", f"lesson/{no}", data, actor=by.strip())
    return next(one for one in of_lesson(catalog.db, edition, lesson) if one.clause == clause)


def objection(found: Iterable[Item], edition: Edition) -> NotAllowed | None:
    """Why the checklist forbids an approval now; None when it does not."""
    listed = list(found)
    refused = [one.clause for one in listed if one.refused]
    if refused:
        said = "、".join(refused)
        return NotAllowed(f"核对清单里 {said} 答了“否”", remedy="请先解决，在证据与核对里重新回答，再审批")
    still_open = [one.clause for one in listed if one.open]
    if still_open and edition.approval_needs == "demand":
        said = "、".join(still_open)
        return NotAllowed(f"核对清单里 {said} 还没有回答", remedy="请在证据与核对里答完，再审批")
    return None
