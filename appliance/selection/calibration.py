"""定标: the first lessons are held until the judges have conferred: sheets are kept as drafts, and nobody can hand one
in before the group head says so. How many, is data of the edition (`[calibration]`), copied into the session."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlite_utils import Database

from appliance import journal
from appliance.catalog import Catalog, sessions
from appliance.errors import NotAllowed
from appliance.selection import trial


def held(db: Database, row: Mapping[str, Any]) -> int:
    """How many lessons are held now; 0 once released, and in a session without a head."""
    return 0 if not row["head"] or sessions.calibration_ended(db, row["id"]) else int(row["calibration"])


def require_released(db: Database, row: Mapping[str, Any]) -> None:
    """Raises `NotAllowed`."""
    if many := held(db, row):
        raise NotAllowed(
            f"前 {many} 节评委还没有合议，评分先存着，不能交", effect="打的分已经存好",
            remedy=f"请等组长{row['head']}放行",
        )  # fmt: skip


def release(catalog: Catalog, session: int, by: str) -> None:
    """Raises `NotFound`, `NotAllowed`: only the head says so, and only after the draw."""
    with catalog.writing() as db:
        row = trial.require_open(db, session)
        if not held(db, row):
            raise NotAllowed("这一场没有等放行的课例")
        if by != row["head"]:
            raise NotAllowed(f"只有组长{row['head']}可以放行")
        if not row["seed"]:
            raise NotAllowed("还没有抽签，不知道哪几节在前", remedy="请先抽签")
        sessions.end_calibration(db, session, by)
        journal.append(db, "session.release", f"session/{session}", {}, actor=by)
