"""试讲场次: making one, who is in it, the draw, the lock. Each step is one transaction with its journal entry.

Scores come and go through `scoresheet`, the ranking is `sheet.result` over `export.of_session`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlite_utils import Database

from appliance import journal
from appliance.catalog import Catalog, lessons, sessions, users
from appliance.errors import NotAllowed, NotFound, WrongUse
from appliance.model import LessonState
from appliance.rules.edition import Edition
from appliance.selection import draw, export, recusal, rubric, sheet, terms

S = LessonState
SHOWN = 10  # of the gaps, in a message; `session show` lists them all
MAY_ENTER = {
    "design_first": {S.TRIAL},
    "finished_video": {S.SUBMITTED, S.TRIAL, S.CANDIDATE, S.COMPLETE},
}


def create(
    catalog: Catalog,
    edition: Edition,
    name: str,
    category: str,
    stage: str,
    subject: str,
    room: str,
    left_out: Collection[str],
    by: str,
    head: str = "",
) -> int:
    """Copies rubric and terms into the session: a later edition does not reach back. `head`: the user who leads the
    panel, "" for nobody. Raises `NotAllowed`, `NotFound`, `WrongUse`."""
    if not name.strip():
        raise WrongUse("场次要有名字", remedy="请补上再试")
    if head and (users.find(catalog.db, head) or {"disabled": True})["disabled"]:
        raise NotFound(f"没有用户 {head}", remedy="组长要用自己的名字登录，请技术员先加这个用户")
    row = {
        "name": name.strip(),
        "category": category,
        "stage": stage,
        "subject": subject,
        "room": room,
        "edition": edition.id,
        "edition_hash": edition.hash,
        "rubric": rubric.to_data(rubric.rubric_of(edition, category, left_out)),
        "terms": terms.to_data(terms.from_edition(edition.selection)),
        "head": head, "calibration": edition.selection["calibration"]["value"] if head else 0,
    }  # fmt: skip
    with catalog.writing() as db:
        session = sessions.create(db, row, by)
        data = {"name": row["name"], "category": category, "left_out": sorted(left_out), "edition": edition.id}
        journal.append(db, "session.create", f"session/{session}", data, actor=by)
    return session  # fmt: skip


def add(catalog: Catalog, session: int, nos: Sequence[int], profile: str, by: str) -> list[dict[str, Any]]:
    """Raises `NotFound`, `NotAllowed` (closed, drawn, other category, state, no school, in a session already)."""
    with catalog.writing() as db:
        row = require_open(db, session)
        if row["seed"]:
            raise NotAllowed("抽签以后不能再加课例")
        added = [{"lesson": no, "materials_sha256": _add(db, row, no, profile)} for no in nos]
        recusal.refresh(db, session)
        journal.append(db, "session.add", f"session/{session}", {"lessons": list(nos)}, actor=by)
    return added


def _add(db: Database, row: dict[str, Any], no: int, profile: str) -> str:
    lesson = lessons.by_no(db, no)
    if lesson.state not in MAY_ENTER[profile]:
        raise NotAllowed(f"第 {no} 号课例现在不能试讲", remedy="请先做初筛")
    if not lesson.identity.school:
        raise NotAllowed(f"第 {no} 号课例没有写学校，不能判断评委要不要回避", remedy="请先更正课例")
    for field in ("category", "stage", "subject"):
        if row[field] not in ("", getattr(lesson.identity, field)):
            raise NotAllowed(f"第 {no} 号课例的类别、学段或学科与这一场不同")
    return sessions.add_lesson(db, row["id"], no)


def cast_lots(catalog: Catalog, session: int, seed: str, by: str) -> list[tuple[str, str]]:
    """(lesson no, its lot) in the drawn order. Raises `NotAllowed` the second time, or without lessons."""
    word = draw.clean_seed(seed)
    with catalog.writing() as db:
        require_open(db, session)
        lots = draw.draw([str(row["no"]) for row in sessions.lessons_of(db, session)], word)
        if not lots:
            raise NotAllowed("这一场还没有课例")
        sessions.set_order(db, session, word, [int(no) for no, _ in lots])
        data = {"seed": word, "lessons": [int(no) for no, _ in lots]}
        journal.append(db, "session.draw", f"session/{session}", data, actor=by)
    return lots


def close(catalog: Catalog, session: int, by: str, reason: str = "", second: str = "") -> dict[str, Any]:
    """Locks the scores; `second`: who signed beside. Gaps need a reason; a session with a head is closed by the head
    as one of the two. Returns what was locked: {sha256, missing}. Raises `NotAllowed`."""
    with catalog.writing() as db:
        row = require_open(db, session)
        if row["head"] and row["head"] not in (by, second):
            raise NotAllowed(f"结束要组长{row['head']}签名")
        if second and second == by:
            raise NotAllowed("签名的要是两个人")
        recusal.refresh(db, session)
        gaps = missing(export.of_session(db, session))
        if gaps and not reason.strip():
            raise NotAllowed(
                f"还有 {len(gaps)} 份评分没交：{'、'.join(gaps[:SHOWN])}{'等' if len(gaps) > SHOWN else ''}",
                remedy="请补齐，或写明为什么不等",
            )
        digest = fingerprint(export.of_session(db, session))
        sessions.lock(db, session, by, second, reason.strip(), digest)
        data = {"sha256": digest, "missing": gaps, "reason": reason.strip(), "second": second}
        journal.append(db, "session.close", f"session/{session}", data, actor=by)
    return {"sha256": digest, "missing": gaps}


def missing(data: dict[str, Any]) -> list[str]:
    """Who has not scored what, recused judges left out."""
    return [
        f"第 {row['no']} 号 {judge}"
        for row in sorted(sheet.result(data), key=lambda row: row["no"]) for judge in row["not_scored"]
    ]  # fmt: skip


def equals(result: Sequence[dict[str, Any]], how: Mapping[str, Any]) -> list[set[int]]:
    """The groups of lessons that nothing but a vote can part, whether there was one or not. `how`: the terms."""
    votes = {tie["name"] for tie in how["ties"] if tie["kind"] == "vote"}
    groups: list[set[int]] = []
    for row in result:
        for step in row["ties"]:
            voted = {int(no) for no in step["values"]}
            still = {one["no"] for one in result if one["shared"] and one["rank"] == row["rank"]}
            if step["name"] in votes and (group := voted or still) not in groups:
                groups.append(group)
    return groups


def ranking(catalog: Catalog, session: int) -> dict[str, Any]:
    """{input, result, locked, changed}: `result` follows from `input` alone. Raises `NotAllowed` before the lock:
    nobody sees scores while others still judge."""
    db = catalog.db
    data = export.of_session(db, session)
    lock = sessions.locked(db, session)
    if lock is None:
        raise NotAllowed(f"第 {session} 场还没有结束，结束以前不看分", remedy="请先结束这一场")
    told = {
        "by": lock["by_user"],
        "second": lock["second"],
        "at": lock["at"],
        "reason": lock["reason"],
        "sha256": lock["sha256"],
    }
    unchanged = lock["sha256"] == fingerprint(data)
    return {
        "input": data, "result": sheet.result(data), "locked": {**told, "unchanged": unchanged}, "changed": sessions.changed(db, session),
    }  # fmt: skip


def fingerprint(data: dict[str, Any]) -> str:
    """SHA-256 of what the ranking rests on; without votes, which come after the lock, and without the words by
    which a lesson is called, which a clerk may put right."""
    plain = {name: value for name, value in data.items() if name != "votes"}
    bound = ("no", "place", "revision", "materials_sha256")
    plain["lessons"] = [{name: each[name] for name in bound} for each in data["lessons"]]
    return hashlib.sha256(json.dumps(plain, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def require_open(db: Database, session: int) -> dict[str, Any]:
    """Raises `NotFound`, `NotAllowed` when the session is locked."""
    row = sessions.by_id(db, session)
    if sessions.locked(db, session):
        raise NotAllowed(f"第 {session} 场已经结束，不能再改")
    return row
