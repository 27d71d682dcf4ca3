"""What the quotas look at: every lesson with how far it has come, and the reasons to exceed one a node."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlite_utils import Database

from appliance import clock
from appliance.model import Identity, LessonState

S = LessonState
CHOSEN = frozenset({S.CANDIDATE, S.APPROVED, S.BUNDLED, S.SENT, S.ACCEPTED})


def lessons(db: Database, profile_of: Callable[[Identity], str]) -> list[dict[str, Any]]:
    """All but the withdrawn ones. A complete lesson was chosen before, unless this county takes finished lessons."""
    rows = db.query(
        "select no, title, category, stage, subject, grade, textbook, volume, state, school, teacher, periods from lesson order by no"
    )
    return [{**row, "chosen": _chosen(row, profile_of)} for row in rows if row["state"] != S.WITHDRAWN]


def _chosen(row: Mapping[str, Any], profile_of: Callable[[Identity], str]) -> bool:
    if row["state"] != S.COMPLETE:
        return row["state"] in CHOSEN
    return profile_of(Identity(category=row["category"], stage=row["stage"])) != "finished_video"


def give_reason(db: Database, node: str, reason: str, by: str) -> None:
    db.table("node_reason").insert({"node": node, "reason": reason, "by_user": by, "at": clock.now().wall})


def reasons(db: Database) -> dict[str, str]:
    """{node: its newest reason}."""
    return {row["node"]: row["reason"] for row in db.query("select node, reason from node_reason order by id")}
