"""A judge's sheet for a lesson, and the panel's vote: what may be recorded, and recording it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlite_utils import Database

from appliance import journal
from appliance.catalog import Catalog, panels, scores, sessions
from appliance.errors import NotAllowed, NotFound, WrongUse
from appliance.selection import calibration, export, levels, recusal, rubric, seating, sheet, terms, trial


@dataclass(frozen=True)
class Sheet:
    """What one judge gives one lesson. `client`: the sender's own id; `reason`: why it differs from an earlier one."""

    no: int
    judge: str
    points: Mapping[str, Decimal]
    comment: str = ""
    reason: str = ""
    client: str = ""

    @property
    def items(self) -> dict[str, str]:
        return {name: str(value.normalize() + 0) for name, value in self.points.items()}


def record(
    catalog: Catalog,
    session: int,
    no: int,
    judge: str,
    points: Mapping[str, Decimal],
    by: str,
    reason: str = "",
    client: str = "",
    comment: str = "",
) -> dict[str, Any]:
    """One transaction: the score and its journal entry, or neither. Sent again under the same `client` id, or with
    the very same points and comment, it is the score that is there already. A correction is a new version and needs
    a reason.

    Raises `NotFound`, `WrongUse` (all mistakes of the sheet in one message), `NotAllowed` (closed, recused, held,
    replaced)."""
    with catalog.writing() as db:
        trial.require_open(db, session)
        recusal.refresh(db, session)  # kept also when this score is refused: who is recused was always so
    with catalog.writing() as db:
        return put_down(db, session, Sheet(no, judge, points, comment.strip(), reason.strip(), client), by)


def put_down(db: Database, session: int, given: Sheet, by: str) -> dict[str, Any]:
    """`record` inside the caller's transaction."""
    row = trial.require_open(db, session)
    rows = scores.of_session(db, session)
    require_right(db, row, rows, given)
    old = _already(db, rows, given)
    if old:
        return old
    calibration.require_released(db, row)
    if scores.versions(db, session, given.no, given.judge) and not given.reason:
        raise NotAllowed(f"{given.judge}已经给第 {given.no} 号打过分", remedy="要更正请写明理由")
    made = scores.record(
        db, session, given.no, given.judge, given.items, by, given.reason, given.client, given.comment
    )  # fmt: skip
    # The points stay out of the journal: its page is open to read before the session is closed.
    digest = hashlib.sha256(json.dumps(made, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
    data = {
        "judge": given.judge,
        "lesson": given.no,
        "version": made["version"],
        "sha256": digest,
        "reason": given.reason,
    }
    journal.append(db, "session.score", f"session/{session}", data, actor=by)
    return made


def require_right(db: Database, row: Mapping[str, Any], rows: Sequence[dict[str, Any]], given: Sheet) -> None:
    """Whether this judge may give this lesson these points. `row`: the session's; `rows`: its scores. Raises as
    `record`."""
    session, no, judge = row["id"], given.no, given.judge
    seated = panels.judge_of(db, session, judge)
    if no not in {each["no"] for each in sessions.lessons_of(db, session)}:
        raise NotFound(f"第 {session} 场没有第 {no} 号课例")
    if why := sheet.recused_judges(panels.recusals_of(db, session), no).get(judge):
        raise NotAllowed(f"{judge}要回避第 {no} 号课例：{why}", remedy="请换一位评委")
    seating.require_turn(db, session, no, seated, rows)
    how, scale = terms.from_data(row["terms"]), rubric.from_data(row["rubric"])
    if wrong := scale.problems(given.points, how.step):
        raise WrongUse("；".join(wrong), effect="这张评分表没有记下", remedy="请改正后再交")
    if (wants := levels.needs_comment(scale, given.points, how)) and not given.comment:
        raise WrongUse(f"{'、'.join(wants)}在最高或最低一档，要写评语", effect="还没有交", remedy="请写一两句再交")


def _already(db: Database, rows: Sequence[dict[str, Any]], given: Sheet) -> dict[str, Any] | None:
    """Raises `NotAllowed` when an id comes again with other content, or from another session."""
    content = (given.no, given.judge, given.items, given.comment)
    same = scores.by_client(db, given.client)
    if same and (same["id"] not in {row["id"] for row in rows} or _content(same) != content):
        raise NotAllowed(f"编号 {given.client} 已经用过，内容不同")
    if same:
        return same
    newest = [row for row in rows if row["lesson"] == given.no and row["judge"] == given.judge][-1:]
    return newest[0] if newest and _content(newest[0]) == content else None


def _content(row: Mapping[str, Any]) -> tuple[int, str, dict[str, str], str]:
    return row["lesson"], row["judge"], row["items"], row["comment"]


def vote(catalog: Catalog, session: int, among: Sequence[int], choices: Mapping[str, int], by: str) -> int:
    """After the lock, when the ranking shows who is equal. Raises `NotFound`, `NotAllowed`, `WrongUse`."""
    with catalog.writing() as db:
        data = export.of_session(db, session)
        if not sessions.locked(db, session):
            raise NotAllowed("场次结束、看到同分以后才表决", remedy="请先结束这一场")
        if set(among) not in trial.equals(sheet.result(data), data["terms"]):
            raise NotAllowed("这几节课不是同分的全部课例，不用表决")
        for judge, no in choices.items():
            panels.judge_of(db, session, judge)
            recused = [one for one in among if judge in sheet.recused_judges(data["recusals"], one)]
            if recused:
                raise NotAllowed(f"{judge}要回避第 {recused[0]} 号课例，不能参加表决")
            if no not in among:
                raise WrongUse(f"{judge}投了第 {no} 号，不在表决的课例里")
        if not choices:
            raise WrongUse("没有写谁投了谁")
        cast = [{"judge": judge, "lesson": no} for judge, no in sorted(choices.items())]
        number = scores.vote(db, session, sorted(set(among)), cast, by)
        journal.append(db, "session.vote", f"session/{session}", {"lessons": sorted(set(among))}, actor=by)
    return number
