"""A round of 初筛: its lessons and experts, the plan, and changes to it. Each step one transaction with its entry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from appliance import failpoint, journal
from appliance.catalog import Catalog, lessons, panels, rosters, screenings
from appliance.errors import NotAllowed, NotFound, WrongUse
from appliance.model import Lesson
from appliance.rules.edition import Edition
from appliance.selection import draw
from appliance.selection.conflicts import Entrant, Judge, Schools, conflicts
from appliance.selection.profiles import Profiles
from appliance.selection.screening.assign import Paper, Plan, Reader, assign

_MOST_READERS = 9


@dataclass(frozen=True)
class Asked:
    """What a person fills in. `seed`: said aloud, printed; `experts`: names from the roster, all of it when empty."""

    name: str
    numbers: tuple[int, ...]
    readers: int
    seed: str
    experts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Given:
    """`short`: {lesson: readers still lacking}, because nobody else may read it."""

    screening: int
    plan: Plan
    short: dict[int, int]


def begin(catalog: Catalog, asked: Asked, profiles: Profiles, edition: Edition, by: str) -> Given:
    """Raises `WrongUse`, `NotFound`, `NotAllowed` (a lesson that is not to be screened now, or names no school)."""
    if not asked.name.strip() or not asked.numbers:
        raise WrongUse("一轮初筛要有名字和课例", remedy="请补齐再分")
    if not 1 <= asked.readers <= _MOST_READERS:
        raise WrongUse(f"每节课请 1 到 {_MOST_READERS} 位专家", remedy="请改人数")
    seed = draw.clean_seed(asked.seed)
    with catalog.writing() as db:
        if any(one["name"] == asked.name.strip() for one in screenings.everything(db)):
            raise NotAllowed(f"已经有叫“{asked.name.strip()}”的一轮", remedy="请换个名字")
        inside = [_screenable(db, no, profiles) for no in dict.fromkeys(asked.numbers)]
        experts = _experts(db, asked.experts)
        row = {"name": asked.name.strip(), "readers": asked.readers, "seed": seed, "edition": edition.id,
               "edition_hash": edition.hash}  # fmt: skip
        number = screenings.add(db, row, by)
        given = _give(db, number, inside, experts, by)
        data = {"name": row["name"], "lessons": [one.no for one in inside], "seed": seed, "short": sorted(given.short)}
        journal.append(db, "screening.begin", f"screening/{number}", data, actor=by)
        failpoint.reached("screening.before-commit")
    return given


def fill_up(catalog: Catalog, screening: int, experts: Sequence[str], by: str) -> Given:
    """Gives lessons that lack readers to those who may read them; what is given already stays. Raises as `begin`."""
    with catalog.writing() as db:
        _require_open(db, screening)
        inside = [lessons.by_no(db, no) for no in sorted({one["lesson"] for one in screenings.readings(db, screening)})]
        given = _give(db, screening, inside, _experts(db, experts), by)
        data = {"lessons": sorted(no for no, names in given.plan.items() if names), "short": sorted(given.short)}
        journal.append(db, "screening.fill", f"screening/{screening}", data, actor=by)
    return given


def take_off(catalog: Catalog, reading: int, reason: str, by: str) -> None:
    """An expert does not read a lesson any more: by own declaration, or because it takes too long. Never again this
    one. Raises `NotFound`, `WrongUse`, `NotAllowed`."""
    if not reason.strip():
        raise WrongUse("要写明为什么", remedy="请写原因")
    with catalog.writing() as db:
        row = screenings.reading(db, reading)
        _require_open(db, row["screening"])
        if row["ended"]:
            raise NotAllowed("这份评阅已经收回")
        screenings.take_off(db, reading, reason.strip(), by)
        screenings.bar(db, row["lesson"], row["expert"], reason.strip(), by)
        data = {"judge": row["expert"], "lesson": row["lesson"], "reason": reason.strip()}
        journal.append(db, "screening.take-off", f"screening/{row['screening']}", data, actor=by)


def close(catalog: Catalog, screening: int, by: str) -> None:
    with catalog.writing() as db:
        _require_open(db, screening)
        screenings.close(db, screening, by)
        journal.append(db, "screening.close", f"screening/{screening}", {}, actor=by)


def barred(db: Database, lesson: Lesson, experts: Sequence[dict[str, Any]]) -> dict[str, str]:
    """{expert: why not}: by the same rules as in trial sessions, and what an expert declared."""
    schools = Schools(*panels.schools(db))
    entrant = Entrant(lesson.no, lesson.identity.school, (lesson.identity.teacher, *lesson.identity.authors))
    found = {}
    for row in experts:
        judge = Judge(row["name"], row["school"], frozenset(row["coached"]), frozenset(row["kin"]))
        if reasons := conflicts(judge, entrant, schools):
            found[row["name"]] = "；".join(one.reason for one in reasons)
    return {name: "本人申明" for name in screenings.bars(db).get(lesson.no, ())} | found


def _give(db: Database, screening: int, inside: Sequence[Lesson], experts: Sequence[dict[str, Any]], by: str) -> Given:
    row = screenings.by_id(db, screening)
    there = screenings.readings(db)
    standing = [one for one in there if not one["ended"]]
    load = Counter(one["expert"] for one in standing if not one["says"])
    of_round = [one for one in standing if one["screening"] == screening]
    papers = [
        Paper(
            lesson.no, lesson.identity.subject, row["readers"] - sum(one["lesson"] == lesson.no for one in of_round),
            frozenset(barred(db, lesson, experts)) | {one["expert"] for one in there if one["lesson"] == lesson.no},
        )
        for lesson in inside
    ]  # fmt: skip
    readers = [Reader(one["name"], frozenset(one["subjects"]), load[one["name"]]) for one in experts]
    plan = assign([one for one in papers if one.wanted > 0], readers, row["seed"])
    for no, names in sorted(plan.items()):
        for name in names:
            screenings.give(db, screening, no, lessons.revision_of(db, no), name, by)
    wanted = {one.no: one.wanted for one in papers}
    return Given(
        screening, plan, {no: wanted[no] - len(names) for no, names in plan.items() if len(names) < wanted[no]}
    )


def _experts(db: Database, names: Collection[str]) -> list[dict[str, Any]]:
    """From the roster in force; each becomes known as a judge is, so that a code can be made."""
    roster = {line["name"]: line for line in rosters.lines(db, "judges")}
    if unknown := [name for name in names if name not in roster]:
        raise NotFound(f"评委名册里没有{'、'.join(unknown)}", remedy="请先导入评委名册")
    if not roster:
        raise NotAllowed("还没有评委名册", remedy="请先在名册页导入评委名册")
    chosen = [line for name, line in roster.items() if not names or name in names]
    for line in chosen:
        panels.save_judge(db, line["name"], line["school"], line["subjects"], line["coached"], line["kin"])
    return [one for line in chosen if (one := panels.find_judge(db, line["name"]))]


def _screenable(db: Database, no: int, profiles: Profiles) -> Lesson:
    lesson = lessons.by_no(db, no)
    if lesson.state not in profiles.of(lesson.identity).screened:
        raise NotAllowed(f"第 {no} 号课例现在不在初筛这一步", remedy="请去掉这一节再分")
    if not lesson.identity.school:
        raise NotAllowed(f"第 {no} 号课例没有写学校，不能判断专家要不要回避", remedy="请先更正课例")
    return lesson


def _require_open(db: Database, screening: int) -> dict[str, Any]:
    row = screenings.by_id(db, screening)
    if row["closed_at"]:
        raise NotAllowed(f"第 {screening} 轮初筛已经结束，不能再改")
    return row
