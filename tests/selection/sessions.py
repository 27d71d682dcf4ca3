"""A trial session with real lessons in a real catalog: three lessons, five judges, none recused."""

from __future__ import annotations

from decimal import Decimal

from appliance.catalog import Catalog, arrivals, lessons
from appliance.model import Identity, LessonGuess, LessonState, Phase
from appliance.rules.load import load
from appliance.selection import scoresheet, seating, trial
from tests.catalog.lesson_maker import material

EDITION = load("2024")
JUDGES = ("评委甲", "评委乙", "评委丙", "评委丁", "评委戊")


def lesson(catalog: Catalog, teacher: str, school: str = "示例第一小学", state: LessonState = LessonState.TRIAL) -> int:
    identity = Identity(title=f"{teacher}的课", category="subject", stage="primary", subject="数学", teacher=teacher, school=school)  # fmt: skip
    with catalog.writing() as db:
        plan = material(db, "plan", f"plan of {teacher}", "教学设计.docx")
        no, _, _ = arrivals.save_guess(db, None, LessonGuess(identity, (plan,)), Phase.DESIGN)
        lessons.set_state(db, no, state)
    return no


def opened(catalog: Catalog, left_out: tuple[str, ...] = (), head: str = "") -> int:
    session = trial.create(
        catalog, EDITION, "小学数学第一场", "subject", "primary", "数学", "101", left_out, "经办甲", head
    )
    trial.add(catalog, session, [lesson(catalog, f"教师{name}") for name in "甲乙丙"], "design_first", "经办甲")
    for judge in JUDGES:
        seating.seat(catalog, session, seating.Person(judge, "示例教研室"), "经办甲")
    return session


def points(less: str = "0", more: str = "0") -> dict[str, Decimal]:
    """95 of 100, `less` of them missing in 教学过程, `more` of them given in 教学资源."""
    given = {item["id"]: Decimal(item["weight"]) for item in EDITION.rubrics["R1"]["items"]}
    return {**given, "3": given["3"] - Decimal(less), "7": given["7"] - 5 + Decimal(more)}


def put(catalog: Catalog, session: int, no: int, judge: str, given: dict[str, Decimal], by: str, **more: str) -> dict:
    """A whole sheet with the comment that the extremes want."""
    return scoresheet.record(catalog, session, no, judge, given, by, **{"comment": "条理清楚", **more})


def give(catalog: Catalog, session: int, no: int, *less: str, more: str = "0") -> None:
    for judge, each in zip(JUDGES, less, strict=False):
        put(catalog, session, no, judge, points(each, more), judge)
