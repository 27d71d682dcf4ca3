"""评委入座: judges from before the draw, observers whenever they come, and a judge who takes another's place.

After the draw the panel is as it is: who is put in then must take somebody's place, with the reason. What the one who
left has scored counts; what is left falls to the one who came, so a seat gives a lesson one score at most.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from appliance import journal
from appliance.catalog import Catalog, panels, sessions
from appliance.catalog.panels import JUDGE, OBSERVER
from appliance.errors import NotAllowed, NotFound, WrongUse
from appliance.selection import recusal, trial

KINDS = {JUDGE: "评委", OBSERVER: "观摩评委"}


@dataclass(frozen=True)
class Person:
    """`coached`, `kin`: teachers' names as the judge declared them."""

    name: str
    school: str
    subjects: Sequence[str] = ()
    coached: Sequence[str] = ()
    kin: Sequence[str] = ()


def seat(
    catalog: Catalog, session: int, who: Person, by: str, kind: str = JUDGE, replaces: str = "", reason: str = ""
) -> None:  # fmt: skip
    """One more judge or observer, with what they declare. Raises `NotFound`, `NotAllowed`, `WrongUse`."""
    name, reason = who.name.strip(), reason.strip()
    if not name or not who.school.strip():
        raise WrongUse("评委要写姓名和学校，才能判断要不要回避", remedy="请补上再试")
    if kind not in KINDS:
        raise WrongUse("没有这种评委", remedy="请选评委或观摩评委")
    with catalog.writing() as db:
        row = trial.require_open(db, session)
        seated = {one["name"]: one for one in panels.everybody_of(db, session)}
        if replaces:
            _require_place(seated, name, replaces, reason)
        elif row["seed"] and kind == JUDGE and name not in seated:
            raise NotAllowed("抽签以后不能再加评委", remedy="换评委的，请选接替谁，并写明理由")
        panels.save_judge(db, name, who.school.strip(), [*who.subjects], [*who.coached], [*who.kin])
        panels.seat(db, session, name, kind, replaces, reason)
        for one in sessions.open_ones(db):
            recusal.refresh(db, one)
        data = {"judge": name, "school": who.school.strip(), "coached": [*who.coached], "kin": [*who.kin],
                "seat": "" if kind == JUDGE else kind, "replaces": replaces, "reason": reason}  # fmt: skip
        journal.append(db, "session.judges", f"session/{session}", data, actor=by)


def _require_place(seated: Mapping[str, Mapping[str, Any]], name: str, replaces: str, reason: str) -> None:
    left = seated.get(replaces)
    if left is None or left["kind"] != JUDGE:
        raise NotFound(f"这一场没有评委{replaces}")
    if left["replaced_by"]:
        raise NotAllowed(f"{replaces}已经由{left['replaced_by']}接替")
    if name in seated:
        raise NotAllowed(f"{name}已经在这一场", remedy="请换一位来接替")
    if not reason:
        raise WrongUse("要写明为什么换评委", remedy="请补上理由")


def require_turn(db: Database, session: int, no: int, judge: Mapping[str, Any], scored: Iterable[Mapping[str, Any]]) -> None:  # fmt: skip
    """A seat scores a lesson once. `scored`: rows of the session. Raises `NotAllowed`."""
    if judge["replaced_by"]:
        raise NotAllowed(f"{judge['name']}已由{judge['replaced_by']}接替，不能再打分")
    before = {one["name"]: one["replaces"] for one in panels.everybody_of(db, session)}
    earlier = judge["replaces"]
    while earlier:
        if any(row["lesson"] == no and row["judge"] == earlier for row in scored):
            raise NotAllowed(f"第 {no} 号课例{earlier}已经打过分，算数", remedy="请打下一节")
        earlier = before[earlier]
