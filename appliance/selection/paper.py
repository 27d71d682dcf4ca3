"""纸质录入: a score sheet on paper, entered by one person and confirmed or rejected by another, who may change nothing.

1. The code on the sheet (`LB-SCORE 1-3-2`: session, lesson, seat) says whose it is.
2. `enter`: the points, the total that the judge wrote and a scan; a total that does not agree is refused.
3. `confirm`: it becomes a score just like a tablet's. `reject`: it is kept with the reason, and entered anew.

Of a session that is held (`calibration`) the sheets of the first lessons are entered, and confirmed once released.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlite_utils import Database

from appliance import clock, failpoint, journal
from appliance.catalog import Catalog, blobs, panels, papers, scores
from appliance.errors import NotAllowed, NotFound, WrongUse
from appliance.selection import calibration, recusal, rubric, scoresheet, trial
from appliance.selection.scoresheet import Sheet
from appliance.store import Store

YES, NO = "yes", "no"
MOST_BYTES = 8_000_000  # of a scan
_CODE = re.compile(r"(?:LB-?SCORE)?\s*([0-9]{1,6})\s*-\s*([0-9]{1,6})\s*-\s*([0-9]{1,4})", re.I)
# What a browser shows by itself, told by the first bytes, never by the name.
SORTS = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpeg"}


@dataclass(frozen=True)
class Code:
    session: int
    lesson: int
    seat: int


def code_of(typed: str) -> Code:
    """From a scanner or from hand. Raises `WrongUse`."""
    found = _CODE.fullmatch(typed.strip()[:60])
    if not found:
        raise WrongUse("评分表的号不对", remedy="号在评分表右上角，例如 1-3-2")
    return Code(*(int(part) for part in found.groups()))


def judge_at(db: Database, session: int, seat: int) -> str:
    """Raises `NotFound`."""
    name = next((one["name"] for one in panels.everybody_of(db, session) if one["seat"] == seat), None)
    if name is None:
        raise NotFound(f"第 {session} 场没有第 {seat} 个坐席", remedy="请核对评分表右上角的号")
    return str(name)


def enter(
    catalog: Catalog, store: Store, session: int, given: Sheet, written_total: str, scan: bytes, by: str
) -> int:  # fmt: skip
    """Bytes before the row: the scan is stored and read back first. Raises `NotFound`, `NotAllowed`, `WrongUse`."""
    sort = sort_of(scan)
    with catalog.writing() as db:
        recusal.refresh(db, session)
    with catalog.writing() as db:
        _require_enterable(db, session, given, written_total)
    blob = store.put(io.BytesIO(scan)) if scan else None
    with catalog.writing() as db:
        _require_enterable(db, session, given, written_total)
        blobs.add(db, [blob] if blob else [], clock.now())
        row = {"session": session, "lesson": given.no, "judge": given.judge, "comment": given.comment,
               "written_total": written_total.strip(), "reason": given.reason, "scan": blob.sha256 if blob else "",
               "sort": sort}  # fmt: skip
        entry = papers.enter(db, row, given.items, by)
        data = {"judge": given.judge, "lesson": given.no, "scan": row["scan"], "reason": given.reason}
        journal.append(db, "session.paper", f"session/{session}", data, actor=by)
        failpoint.reached("paper.before-commit")
    failpoint.reached("paper.committed")
    return entry


def answer(catalog: Catalog, session: int, entry: int, said: str, reason: str, by: str) -> None:
    """`said`: YES or NO. One transaction: answer, score and journal, or nothing. Raises `NotFound`, `NotAllowed`, `WrongUse`."""
    if said not in (YES, NO) or (said == NO and not reason.strip()):
        raise WrongUse("不认要写明哪里不对", remedy="请补上再试")
    with catalog.writing() as db:
        trial.require_open(db, session)
        row = papers.by_id(db, session, entry)
        if row["answer"]:
            raise NotAllowed(f"{row['answered_by']}已经核对过这一份")
        if row["by_user"] == by:
            raise NotAllowed("录入的人不能自己核对", remedy="请另一个人登录后核对")
        score = scoresheet.put_down(db, session, _sheet(row), f"{row['by_user']}、{by}")["id"] if said == YES else None
        papers.answer(db, entry, said, reason.strip(), score, by)
        data = {"judge": row["judge"], "lesson": row["lesson"], "reason": reason.strip()}
        journal.append(db, f"session.paper-{said}", f"session/{session}", data, actor=by)
        failpoint.reached("paper.before-commit")
    failpoint.reached("paper.committed")


def _sheet(row: Mapping[str, Any]) -> Sheet:
    points = {name: Decimal(value) for name, value in row["items"].items()}
    return Sheet(row["lesson"], row["judge"], points, row["comment"], row["reason"], f"paper-{row['id']}")


def _require_enterable(db: Database, session: int, given: Sheet, written_total: str) -> None:
    row = trial.require_open(db, session)
    calibration.require_first(db, row, given.no)
    rows = scores.of_session(db, session)
    scoresheet.require_right(db, row, rows, given)
    total = sum((given.points[item.id] for item in rubric.from_data(row["rubric"]).used), Decimal())
    if total_of(written_total) != total:
        raise WrongUse(
            f"评委写的合计是 {written_total.strip()}，各项加起来是 {total}", effect="这张评分表没有录入",
            remedy="请核对每一项；纸上确实加错了的，请评委改好签名再录",
        )  # fmt: skip
    if any(one["lesson"] == given.no and one["judge"] == given.judge for one in rows) and not given.reason:
        raise NotAllowed(f"{given.judge}已经给第 {given.no} 号打过分", remedy="要更正请写明理由")
    waiting = [one for one in papers.of_session(db, session) if not one["answer"]]
    if any(one["lesson"] == given.no and one["judge"] == given.judge for one in waiting):
        raise NotAllowed(f"{given.judge}给第 {given.no} 号的评分表已经录入，等另一个人核对")


def total_of(text: str) -> Decimal | None:
    """None for what is no plain number."""
    try:
        value = Decimal(text.strip())
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def sort_of(scan: bytes) -> str:
    """ "" without a scan. Raises `WrongUse` for what a browser would not show as a picture, or is too large."""
    if not scan:
        return ""
    found = next((sort for start, sort in SORTS.items() if scan.startswith(start)), "")
    if not found or len(scan) > MOST_BYTES:
        raise WrongUse("扫描件要 PNG 或 JPEG，最大 8 MB", effect="这张评分表没有录入", remedy="请重新扫描再选一次")
    return found
