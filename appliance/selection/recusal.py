"""Recording recusals: those that follow from what is known, those a judge declares, and their override by two."""

from __future__ import annotations

from typing import Any

from sqlite_utils import Database

from appliance import journal
from appliance.catalog import Catalog, panels, sessions
from appliance.errors import NotAllowed, NotFound, WrongUse
from appliance.selection.conflicts import Entrant, Judge, Schools, conflicts, plain


def refresh(db: Database, session: int) -> None:
    """Looks at every judge and lesson again; a reason recorded once is not recorded twice, nor after an override."""
    schools = Schools(*panels.schools(db))
    known = {(row["lesson"], row["judge"], row["reason"]) for row in panels.recusals_of(db, session)}
    inside = sessions.lessons_of(db, session)
    for judge in panels.everybody_of(db, session):
        for lesson in inside:
            for one in conflicts(_judge(judge), _entrant(lesson), schools):
                if (lesson["no"], judge["name"], one.reason) not in known:
                    panels.recuse(db, session, lesson["no"], judge["name"], one.kind, one.reason, "box")
                    data = {"judge": judge["name"], "lesson": lesson["no"], "reason": one.reason}
                    journal.append(db, "session.recuse", f"session/{session}", data)


def declare(catalog: Catalog, session: int, no: int, judge: str, reason: str, by: str) -> None:
    """What was scored before stays recorded and no longer counts. Raises `NotFound`, `NotAllowed`, `WrongUse`."""
    _require(reason)
    with catalog.writing() as db:
        _require_known(db, session, no, judge)
        panels.recuse(db, session, no, judge, "declared", reason.strip(), by)
        data = {"judge": judge, "lesson": no, "reason": reason.strip()}
        journal.append(db, "session.recuse", f"session/{session}", data, actor=by)


def override(catalog: Catalog, session: int, no: int, judge: str, reason: str, by: str, second: str) -> None:
    """Two persons let a judge score all the same; it is printed with the ranking. `by`, `second`: both have signed in
    (`signing_in.check`). Raises as `declare`."""
    _require(reason)
    if not second.strip() or plain(by) == plain(second) or plain(judge) in (plain(by), plain(second)):
        raise NotAllowed("解除回避要两个人同意，而且都不是这位评委", remedy="请另一位有权限的人登录名和密码一起填")
    with catalog.writing() as db:
        _require_known(db, session, no, judge)
        panels.recuse(db, session, no, judge, "override", reason.strip(), by, second.strip())
        data = {"judge": judge, "lesson": no, "reason": reason.strip(), "second": second.strip()}
        journal.append(db, "session.override", f"session/{session}", data, actor=by)


def call_school(catalog: Catalog, school: str, others: list[str], group: str, by: str) -> None:
    """Other names of a school, or its group: every open session is looked at again. Raises `WrongUse`."""
    if not school or not (others or group):
        raise WrongUse("要写学校，和它的别的叫法或集团", remedy="请补上再试")
    with catalog.writing() as db:
        for name in others:
            panels.call_school(db, name, school)
        if group:
            panels.group_school(db, school, group)
        for session in sessions.open_ones(db):
            refresh(db, session)
        journal.append(db, "school.name", f"school/{school}", {"names": others, "group": group}, actor=by)


def _require(reason: str) -> None:
    if not reason.strip():
        raise WrongUse("要写明理由")


def _require_known(db: Database, session: int, no: int, judge: str) -> None:
    if sessions.locked(db, session):
        raise NotAllowed(f"第 {session} 场已经结束，不能再改")
    panels.judge_of(db, session, judge)
    if no not in {row["no"] for row in sessions.lessons_of(db, session)}:
        raise NotFound(f"第 {session} 场没有第 {no} 号课例")


def _judge(row: dict[str, Any]) -> Judge:
    return Judge(row["name"], row["school"], frozenset(row["coached"]), frozenset(row["kin"]))


def _entrant(row: dict[str, Any]) -> Entrant:
    return Entrant(row["no"], row["school"], (row["teacher"], *row["authors"]))
