"""A judge who has entered by a code: not a user, sees nothing but the sheets of their own sessions."""

from __future__ import annotations

from typing import Any

from flask import abort, g, session

from appliance import judge_codes
from appliance.catalog import judge_codes as codes
from web import box


def enter(typed: str) -> None:
    """Raises `NotAllowed`, which says why. A new session: whatever an earlier visitor planted is gone."""
    row = judge_codes.enter(box.catalog(), typed)
    session.clear()
    session.permanent = True
    session.update(judge=row["id"], code_epoch=row["epoch"])


def current() -> str:
    """The judge's name; "" for everybody else, and once the code was replaced."""
    if "judge" not in g:
        number = session.get("judge")
        row: dict[str, Any] | None = codes.find(box.db(), number) if isinstance(number, int) else None
        g.judge = row["judge"] if row and row["epoch"] == session.get("code_epoch") else ""
    found: str = g.judge
    return found


def required() -> str:
    name = current()
    if not name:
        abort(403, "请用入场码进入")
    return name
