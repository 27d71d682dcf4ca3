"""Which judges' tablets answer now. Kept in memory: after a restart nobody has been seen until they come again."""

from __future__ import annotations

import time

from flask import current_app

FRESH_SECONDS = 45  # three beats of a tablet


def note(judge: str) -> None:
    _seen()[judge] = time.monotonic()


def ago(judge: str) -> float | None:
    """Seconds since the tablet was heard; None when it never was."""
    at = _seen().get(judge)
    return None if at is None else time.monotonic() - at


def _seen() -> dict[str, float]:
    found: dict[str, float] = current_app.extensions.setdefault("presence", {})
    return found
