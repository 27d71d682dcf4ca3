"""合议: the held sheets of the first lessons side by side, for the group head alone, and the word that ends it.

Held are whole sheets: of tablets as they stand now, of paper as entered and not yet confirmed. The numbers are those
of the ranking (`sheet.result`), of the first lessons only.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sqlite_utils import Database

from appliance import journal
from appliance.catalog import Catalog, drafts, panels, papers, sessions
from appliance.errors import NotAllowed
from appliance.selection import calibration, export, levels, rubric, sheet, terms, trial


def held_sheets(db: Database, row: Mapping[str, Any]) -> dict[str, Any]:
    """What `sheet.result` takes, with held sheets for scores. `row`: the session's."""
    first = calibration.first(db, row)
    data = export.of_session(db, row["id"])
    return data | {
        "lessons": [one for one in data["lessons"] if one["no"] in first],
        "scores": [one for one in _drafts(db, row) + _papers(db, row) if one["lesson"] in first],
    }


def whole(row: Mapping[str, Any], draft: Mapping[str, Any]) -> bool:
    """Whether a sheet could be handed in as it is. `draft`: a row of `drafts.newest`."""
    scale, how = rubric.from_data(row["rubric"]), terms.from_data(row["terms"])
    points = {name: Decimal(value) for name, value in _given(draft["items"]).items()}
    wants = [] if draft["comment"].strip() else levels.needs_comment(scale, points, how)
    return not scale.problems(points, how.step) and not wants


def side_by_side(db: Database, row: Mapping[str, Any], who: str) -> dict[str, Any]:
    """{result, missing}, in the drawn order. Raises `NotAllowed` for anybody but the head, for a head who sits as a
    judge and has not judged them all, and when nothing is held (any more)."""
    if who != row["head"]:
        raise NotAllowed("评委打分的松紧只给这一场的组长看")
    if not calibration.first(db, row):
        raise NotAllowed("现在没有等合议的课例", remedy="结束以后在评分汇总里看松紧")
    data = held_sheets(db, row)
    missing = trial.missing(data)
    own = [one for one in missing if one.endswith(f" {who}")]
    if own:
        raise NotAllowed(f"您也是评委，自己的还没打好：{'、'.join(own)}", remedy="请打好再看别人的")
    place = {one["no"]: one["place"] for one in data["lessons"]}
    return {"result": sorted(sheet.result(data), key=lambda one: place[one["no"]]), "missing": missing}


def release(catalog: Catalog, session: int, by: str, reason: str = "") -> None:
    """Only the head says so, after the draw; held sheets that are missing want a reason. Raises `NotFound`,
    `NotAllowed`."""
    with catalog.writing() as db:
        row = trial.require_open(db, session)
        if not calibration.held(db, row):
            raise NotAllowed("这一场没有等放行的课例")
        if by != row["head"]:
            raise NotAllowed(f"只有组长{row['head']}可以放行")
        if not row["seed"]:
            raise NotAllowed("还没有抽签，不知道哪几节在前", remedy="请先抽签")
        gaps = trial.missing(held_sheets(db, row))
        if gaps and not reason.strip():
            raise NotAllowed(
                f"前 {calibration.held(db, row)} 节还有 {len(gaps)} 份没打好：{'、'.join(gaps[: trial.SHOWN])}"
                f"{'等' if len(gaps) > trial.SHOWN else ''}",
                remedy="请等评委打好，或写明为什么不等",
            )
        sessions.end_calibration(db, session, by)
        data = {"missing": gaps, "reason": reason.strip()}
        journal.append(db, "session.release", f"session/{session}", data, actor=by)


def _drafts(db: Database, row: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Not of a judge who left: what they had not handed in falls to whom took their place."""
    return [
        {"lesson": no, "judge": judge["name"], "items": _given(one["items"]), "version": 1}
        for judge in panels.judges_of(db, row["id"]) if not judge["replaced_by"]
        for no, one in drafts.newest(db, row["id"], judge["name"]).items()
        if whole(row, one)
    ]  # fmt: skip


def _papers(db: Database, row: Mapping[str, Any]) -> list[dict[str, Any]]:
    names = {judge["name"] for judge in panels.judges_of(db, row["id"])}
    return [
        {"lesson": one["lesson"], "judge": one["judge"], "items": one["items"], "version": 2}
        for one in papers.waiting(db, row["id"]) if one["judge"] in names
    ]  # fmt: skip


def _given(items: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in items.items() if value != ""}
