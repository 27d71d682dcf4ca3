"""What the quotas look at: every lesson with how far it has come, and the reasons to exceed one a node."""

from __future__ import annotations

from typing import Any

from sqlite_utils import Database

from appliance import clock
from appliance.model import LessonState

S = LessonState
CHOSEN = frozenset({S.CANDIDATE, S.APPROVED, S.BUNDLED, S.SENT, S.ACCEPTED})


def lessons(db: Database, profile: str) -> list[dict[str, Any]]:
    """All but the withdrawn ones. A complete lesson was chosen before, unless this county takes finished lessons."""
    chosen = CHOSEN if profile == "finished_video" else CHOSEN | {S.COMPLETE}
    rows = db.query(
        "select no, title, category, stage, subject, grade, textbook, volume, state from lesson order by no"
    )
    return [{**row, "chosen": row["state"] in chosen} for row in rows if row["state"] != S.WITHDRAWN]


def give_reason(db: Database, node: str, reason: str, by: str) -> None:
    db.table("node_reason").insert({"node": node, "reason": reason, "by_user": by, "at": clock.now().wall})


def reasons(db: Database) -> dict[str, str]:
    """{node: its newest reason}."""
    return {row["node"]: row["reason"] for row in db.query("select node, reason from node_reason order by id")}
