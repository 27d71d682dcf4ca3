"""评委的平板: what a judge sees and sends. No name of a teacher or school, no other judge's score, passes here.

1. The judge declares (回避): whom they coached and who is kin; conflicts block lessons with their reason.
2. Every touch of a sheet is kept (`drafts`), also a half-filled one.
3. Submitted, a whole sheet becomes a score (`scoresheet`); from then on it is read only.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any

from appliance import journal
from appliance.catalog import Catalog, drafts, lessons, panels, scores, sessions
from appliance.errors import NotAllowed, NotFound, WrongUse
from appliance.model import Lesson
from appliance.rules.edition import Edition
from appliance.selection import calibration, conferring, recusal, scoresheet, sheet, trial
from appliance.selection.scoresheet import Sheet
from appliance.selection.screening.materials import Shown, covered, of_lesson, telling

_LONGEST = 2000  # characters of a comment


def mine(catalog: Catalog, judge: str) -> list[dict[str, Any]]:
    """The sessions that this judge sits in, each with its lessons: state is scored, held, draft, open or recused."""
    db = catalog.db
    seats = panels.seats_of(db, judge)
    return [
        {**row, "declared": drafts.declared(db, row["id"], judge), "cards": cards(catalog, row["id"], judge),
         "held": calibration.held(db, row), "observer": seats[row["id"]] == panels.OBSERVER}
        for row in sessions.everything(db) if row["id"] in seats
    ]  # fmt: skip


def cards(catalog: Catalog, session: int, judge: str) -> list[dict[str, Any]]:
    db = catalog.db
    recusals, begun = panels.recusals_of(db, session), drafts.newest(db, session, judge)
    done = scores.lessons_scored(db, session, judge)
    schools, row = panels.schools(db)[0], sessions.by_id(db, session)
    whole = {no for no in calibration.first(db, row) if no in begun and conferring.whole(row, begun[no])}
    return [
        blind(each, schools)
        | {"why": sheet.recused_judges(recusals, each["no"]).get(judge, "")}
        | {"state": _state(each["no"], done, whole, begun)}
        for each in sessions.lessons_of(db, session)
    ]


def _state(no: int, done: Container[int], whole: Container[int], begun: Container[int]) -> str:
    return next((name for name, nos in (("scored", done), ("held", whole), ("draft", begun)) if no in nos), "open")


def declare(catalog: Catalog, session: int, judge: str, coached: list[str], kin: list[str]) -> None:
    """Raises `NotFound`, `NotAllowed`."""
    with catalog.writing() as db:
        trial.require_open(db, session)
        row = panels.judge_of(db, session, judge)
        panels.save_judge(db, judge, row["school"], [], coached, kin)
        drafts.declare(db, session, judge)
        for one in sessions.open_ones(db):
            recusal.refresh(db, one)
        data = {"judge": judge, "coached": coached, "kin": kin}
        journal.append(db, "session.declared", f"session/{session}", data, actor=judge)


def card(catalog: Catalog, session: int, no: int, judge: str) -> dict[str, Any]:
    """Raises `NotFound` for a lesson or session that is not this judge's, `NotAllowed` before the declaration."""
    db = catalog.db
    panels.judge_of(db, session, judge)
    if not drafts.declared(db, session, judge):
        raise NotAllowed("请先作回避申明", remedy="请回到我的课例")
    found = next((one for one in sessions.lessons_of(db, session) if one["no"] == no), None)
    if found is None:
        raise NotFound(f"第 {session} 场没有第 {no} 号课例")
    state = "scored" if no in scores.lessons_scored(db, session, judge) else "open"
    why = sheet.recused_judges(panels.recusals_of(db, session), no).get(judge, "")
    bound = {name: found[name] for name in ("revision", "materials_sha256")}
    return blind(found, panels.schools(db)[0]) | bound | {"why": why, "state": state}


def materials(catalog: Catalog, edition: Edition, session: int, no: int, judge: str) -> tuple[Lesson, list[Shown]]:
    """What the session put before its judges, whatever came since: the lesson with the materials of that revision, and
    how each may be shown. Raises as `card`; `NotAllowed` for a judge who is recused from the lesson."""
    found = card(catalog, session, no, judge)
    if found["why"]:
        raise NotAllowed(f"这节课要回避：{found['why']}", remedy="请打下一节")
    lesson = lessons.by_no(catalog.db, no)
    bound = replace(lesson, materials=tuple(lessons.materials(catalog.db, found["revision"])))
    return bound, of_lesson(catalog.db, edition, bound)


def blind(row: Mapping[str, Any], schools: Mapping[str, str]) -> dict[str, Any]:
    """Number, place and title of a lesson, whose teacher or school may stand in its title."""
    names = telling((row["teacher"], *row["authors"]), row["school"], schools)
    return {"no": row["no"], "place": row["place"], "title": covered(row["title"], names)}


def touch(
    catalog: Catalog, session: int, no: int, judge: str, client: str, number: int, items: Mapping[str, str], comment: str
) -> int:  # fmt: skip
    """Keeps a sheet as it is now; returns the greatest number of a touch of this sheet, from which the tablet goes on.
    Raises `NotFound`, `NotAllowed` (recused, submitted, closed), `WrongUse`."""
    _open_card(catalog, session, no, judge)
    if not client or len(client) > 60 or not 0 <= number < 2**31:
        raise WrongUse("这次改动没有编号")
    points(items)
    with catalog.writing() as db:
        trial.require_open(db, session)
        drafts.add(db, session, no, judge, client, number, dict(items), comment[:_LONGEST])
        return drafts.latest(db, session, no, judge)


def submit(
    catalog: Catalog, session: int, no: int, judge: str, client: str, number: int, items: Mapping[str, str], comment: str
) -> bool:  # fmt: skip
    """False when the sheet is whole and held until the judges have conferred (`calibration`): kept as a touch, not
    handed in. Raises as `touch`; `WrongUse` lists every gap. Sent again under the same id it changes nothing."""
    if scores.by_client(catalog.db, client) is None:
        _open_card(catalog, session, no, judge)
    given = Sheet(no, judge, points(items), comment.strip()[:_LONGEST], client=client)
    row = sessions.by_id(catalog.db, session)
    if calibration.held(catalog.db, row):
        touch(catalog, session, no, judge, client, number, items, comment)
        calibration.require_first(catalog.db, row, no)
        scoresheet.require_right(catalog.db, row, scores.of_session(catalog.db, session), given)
        return False
    scoresheet.record(catalog, session, no, judge, given.points, judge, client=client, comment=given.comment)
    return True


def points(items: Mapping[str, str]) -> dict[str, Decimal]:
    """Raises `WrongUse` for what is no plain number."""
    try:
        given = {str(name)[:40]: Decimal(value) for name, value in items.items() if value != ""}
    except (InvalidOperation, TypeError, ValueError) as error:
        raise WrongUse("得分要写数") from error
    if len(given) > 100 or not all(value.is_finite() and abs(value) < 1000 for value in given.values()):
        raise WrongUse("得分要写数")
    return given


def _open_card(catalog: Catalog, session: int, no: int, judge: str) -> None:
    found = card(catalog, session, no, judge)
    if found["why"]:
        raise NotAllowed(f"这节课要回避：{found['why']}", remedy="请打下一节")
    if found["state"] == "scored":
        raise NotAllowed("这节课已经交了，不能再改", remedy="确实要更正的，请组长写明理由后改")
