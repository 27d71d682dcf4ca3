"""登记: which facts of a lesson may be written down, by whom, with which values. Data of the edition
(`selection.toml`, `[records]`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from appliance import journal
from appliance.catalog import MANY, Catalog, alikes, lessons, records
from appliance.errors import NotAllowed, WrongUse
from appliance.model import LessonState
from appliance.rules.edition import Edition

_LONGEST = 200  # characters
ON_SHOW = "on_show"
_RESULT = "result_"  # how the kinds begin that say what became of a lesson above
_SHOWABLE = {LessonState.APPROVED, LessonState.BUNDLED, LessonState.SENT, LessonState.ACCEPTED}


@dataclass(frozen=True)
class Kind:
    """`values`: what it may say, free text when empty. `category`: "" for all. `roles`: who may write it down."""

    kind: str
    title: str
    clause: str
    values: tuple[str, ...]
    category: str
    roles: frozenset[str]


def kinds(edition: Edition) -> list[Kind]:
    return [
        Kind(
            row["kind"], row["title"], row["clause"], tuple(row.get("values", ())), row.get("category", ""),
            frozenset(row["roles"]),
        )
        for row in edition.selection["records"]["kinds"]
    ]  # fmt: skip


def told(db: Database, no: int, edition: Edition) -> list[tuple[Kind, dict[str, Any] | None]]:
    """Every kind that concerns the lesson, with what holds."""
    category = lessons.by_no(db, no).identity.category
    known = {row["kind"]: row for row in records.of_lesson(db, no)}
    return [(one, known.get(one.kind)) for one in kinds(edition) if one.category in ("", category)]


def write_down(
    catalog: Catalog, edition: Edition, no: int, kind: str, value: str, note: str, by: str, role: str = ""
) -> None:  # fmt: skip
    """`role`: of a user; "" for the command line. Raises `NotFound`, `WrongUse`, `NotAllowed`."""
    lesson = lessons.by_no(catalog.db, no)
    known = {one.kind: one for one, _ in told(catalog.db, no, edition)}
    if kind not in known:
        raise WrongUse(f"这节课没有这样的登记：{kind}。可以是 {'、'.join(known)}")
    wanted, text = known[kind], value.strip()
    if role and role not in wanted.roles:
        raise NotAllowed(f"您的角色不能登记{wanted.title}")
    if not text or len(text) > _LONGEST or len(note) > _LONGEST:
        raise WrongUse(f"{wanted.title}要写 1 到 {_LONGEST} 个字")
    if wanted.values and text not in wanted.values:
        raise WrongUse(f"{wanted.title}只能是 {'、'.join(wanted.values)}")
    if kind == ON_SHOW and text == wanted.values[0] and lesson.state not in _SHOWABLE:
        raise NotAllowed("审批通过的课例才能展播")
    with catalog.writing() as db:
        records.add(db, no, kind, text, note.strip(), by)
        data = {"record": wanted.title, "value": text, "note": note.strip()}
        journal.append(db, "record", f"lesson/{no}", data, actor=by)
        if any(rule.kind == "recorded" and rule.limits["record"] == kind for rule in edition.rules):
            alikes.check_again(db, [no])  # a finding said that it was missing


def results(catalog: Catalog, edition: Edition) -> list[dict[str, str]]:
    """`catalog.records.results` with `level`: 市级结果 and so on, as the edition calls it; a lesson that was never
    checked is of the year in force. The newest year first."""
    titles = {one.kind: one.title for one in kinds(edition) if one.kind.startswith(_RESULT)}
    rows = records.results(catalog.db, tuple(titles))
    found = [{**row, "level": titles[row["kind"]], "year": row["year"] or edition.id} for row in rows]
    return sorted(found, key=lambda row: row["year"], reverse=True)


def shown(catalog: Catalog, edition: Edition) -> list[lessons.Lesson]:
    """The lessons that are on show now."""
    found = [lessons.by_no(catalog.db, no) for no in records.holding(catalog.db, ON_SHOW, _yes(edition))]
    return [one for one in found if one.state in _SHOWABLE]


def on_show(catalog: Catalog, edition: Edition, no: int) -> lessons.Lesson | None:
    """One of them: a player asks hundreds of times."""
    said = {row["kind"]: row["value"] for row in records.of_lesson(catalog.db, no)} if no < MANY else {}
    if said.get(ON_SHOW) != _yes(edition):
        return None
    lesson = lessons.by_no(catalog.db, no)
    return lesson if lesson.state in _SHOWABLE else None


def _yes(edition: Edition) -> str:
    return next(one.values[0] for one in kinds(edition) if one.kind == ON_SHOW)


def said(rows: Sequence[tuple[Kind, Mapping[str, Any] | None]]) -> list[str]:
    return [f"{kind.title}：{row['value'] if row else '没有登记'}" for kind, row in rows]
