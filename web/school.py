"""A school that has signed in by its code: not a user, sees nothing but 投递 and its own papers."""

from __future__ import annotations

from typing import Any

from flask import abort, g, session

from appliance import school_codes
from appliance.catalog import school_codes as codes
from web import box


def enter(typed: str) -> None:
    """Raises `NotAllowed`, which says why. A new session: whatever an earlier visitor planted is gone."""
    row = school_codes.enter(box.catalog(), typed)
    session.clear()
    session.permanent = True
    session.update(school=row["id"], code_epoch=row["epoch"])


def current() -> dict[str, Any] | None:
    """The row of the school; None for everybody else, and once its code was replaced or revoked."""
    if "school" not in g:
        number = session.get("school")
        row = codes.find(box.db(), number) if isinstance(number, int) else None
        valid = row and not row["revoked"] and row["epoch"] == session.get("code_epoch")
        g.school = row if valid else None
    found: dict[str, Any] | None = g.school
    return found


def required() -> dict[str, Any]:
    """For parts of the page; a stranger is refused."""
    row = current()
    if row is None:
        abort(403, "请用学校的交件码进入")
    return row
