"""定标: the first lessons by lot are judged, and their sheets held, until the judges have conferred (合议); the others
go on after that. How many, is data of the edition (`[calibration]`), copied into the session.

1. Before the group head releases, no sheet becomes a score. A whole sheet of a first lesson is held: it may still be
   changed, as agreeing on one ruler is what the conference is for.
2. The head sees the held sheets side by side (`conferring`), and releases.
3. From then on each judge hands in, the first lessons too: nobody's last word is given by another's button.

First are the lessons that the lot put first, in whatever order their sheets arrive.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlite_utils import Database

from appliance.catalog import sessions
from appliance.errors import NotAllowed


def held(db: Database, row: Mapping[str, Any]) -> int:
    """How many lessons are held now; 0 once released, and in a session without a head. `row`: the session's."""
    return 0 if not row["head"] or sessions.calibration_ended(db, row["id"]) else int(row["calibration"])


def first(db: Database, row: Mapping[str, Any]) -> list[int]:
    """The numbers of the lessons that are held, in the drawn order; none before the draw."""
    drawn = [one["no"] for one in sessions.lessons_of(db, row["id"])] if row["seed"] else []
    return drawn[: held(db, row)]


def require_first(db: Database, row: Mapping[str, Any], no: int) -> None:
    """Whether a sheet of this lesson may be looked at as whole: of the first, or all once released.
    Raises `NotAllowed`."""
    many = held(db, row)
    if not many or no in first(db, row):
        return
    if not row["seed"]:
        raise NotAllowed("还没有抽签，不知道哪几节在前", effect="打的分已经存好", remedy="请抽签以后再交")
    raise NotAllowed(
        f"前 {many} 节合议以后才交后面的", effect="打的分已经存好", remedy=f"请先打前 {many} 节，等组长{row['head']}放行"
    )  # fmt: skip


def require_released(db: Database, row: Mapping[str, Any]) -> None:
    """Before a sheet becomes a score. Raises `NotAllowed`."""
    if many := held(db, row):
        raise NotAllowed(
            f"前 {many} 节评委还没有合议，评分先存着，不能交", effect="打的分已经存好",
            remedy=f"请等组长{row['head']}放行",
        )  # fmt: skip
