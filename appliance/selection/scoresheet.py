"""A judge's sheet for a lesson, and the panel's vote: what may be recorded, and recording it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from appliance import journal
from appliance.catalog import Catalog, panels, scores, sessions
from appliance.errors import NotAllowed, NotFound, WrongUse
from appliance.selection import export, recusal, rubric, sheet, terms, trial


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
    the very same points, it is the score that is there already. A correction is a new version and needs a reason.

    Raises `NotFound`, `WrongUse` (all mistakes of the sheet in one message), `NotAllowed` (closed, recused)."""
    with catalog.writing() as db:
        trial.require_open(db, session)
        recusal.refresh(db, session)  # kept also when this score is refused: who is recused was always so
    with catalog.writing() as db:
        row = trial.require_open(db, session)
        panels.judge_of(db, session, judge)
        if no not in {each["no"] for each in sessions.lessons_of(db, session)}:
            raise NotFound(f"第 {session} 场没有第 {no} 号课例")
        if why := sheet.recused_judges(panels.recusals_of(db, session), no).get(judge):
            raise NotAllowed(f"{judge}要回避第 {no} 号课例：{why}", remedy="请换一位评委")
        how = terms.from_data(row["terms"])
        if wrong := rubric.from_data(row["rubric"]).problems(points, how.step):
            raise WrongUse("；".join(wrong), effect="这张评分表没有记下", remedy="请改正后再交")
        items = {name: str(value.normalize() + 0) for name, value in points.items()}
        old = _already(scores.of_session(db, session), no, judge, items, client)
        if old:
            return old
        if scores.versions(db, session, no, judge) and not reason.strip():
            raise NotAllowed(f"{judge}已经给第 {no} 号打过分", remedy="要更正请用 --reason 写明理由")
        made = scores.record(db, session, no, judge, items, by, reason.strip(), client, comment)
        # The points stay out of the journal: its page is open to read before the session is closed.
        digest = hashlib.sha256(json.dumps(made, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
        data = {"judge": judge, "lesson": no, "version": made["version"], "sha256": digest, "reason": reason.strip()}
        journal.append(db, "session.score", f"session/{session}", data, actor=by)
    return made


def _already(
    rows: Sequence[dict[str, Any]], no: int, judge: str, items: Mapping[str, str], client: str
) -> dict[str, Any] | None:
    """Raises `NotAllowed` when an id comes again with other content."""
    same = [row for row in rows if client and row["client"] == client]
    if same and (same[0]["lesson"], same[0]["judge"], same[0]["items"]) != (no, judge, dict(items)):
        raise NotAllowed(f"编号 {client} 已经用过，内容不同")
    if same:
        return same[0]
    newest = [row for row in rows if row["lesson"] == no and row["judge"] == judge][-1:]
    return newest[0] if newest and newest[0]["items"] == dict(items) else None


def vote(catalog: Catalog, session: int, among: Sequence[int], choices: Mapping[str, int], by: str) -> int:
    """After the lock, when the ranking shows who is equal. Raises `NotFound`, `NotAllowed`, `WrongUse`."""
    with catalog.writing() as db:
        row = sessions.by_id(db, session)
        data = export.of_session(db, session)
        if not sessions.locked(db, session):
            raise NotAllowed("场次结束、看到同分以后才表决", remedy=f"请先 session close {row['id']}")
        if set(among) not in trial.equals(data):
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
