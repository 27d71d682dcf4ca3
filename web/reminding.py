"""催交 on the box's own screen: schools and counts, no teacher and no lesson. Counted anew once a minute: the screen asks
every two seconds, and what candidates lack takes a look at all their materials."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass

from appliance.selection import production, reminders
from web import box

EVERY = 60.0  # seconds
MOST_SCHOOLS, MOST_FILMING = 4, 3


@dataclass(frozen=True)
class Shown:
    """`schools`: (school, lessons that are not ready, pieces left), most left first; `more`: schools beyond those."""

    schools: tuple[tuple[str, int, int], ...]
    more: int
    filming: tuple[reminders.Filming, ...]


class Remembered:
    """Of one app: its station does not change."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._shown: Shown | None = None
        self._key, self._at = "", 0.0

    def shown(self, today: str, now: float | None = None) -> Shown:
        """`today`: ISO; a new day is counted at once."""
        now = time.monotonic() if now is None else now
        with self._lock:
            if self._shown is None or self._key != today or now - self._at >= EVERY:
                self._shown, self._key, self._at = _counted(today), today, now
            return self._shown


def _counted(today: str) -> Shown:
    found = reminders.by_school(production.candidates(box.db(), box.edition()), today)
    owing = [(one.school, one.open, one.pieces) for one in found if one.open and one.school]
    return Shown(
        tuple(owing[:MOST_SCHOOLS]), max(len(owing) - MOST_SCHOOLS, 0),
        tuple(reminders.filming(found, today)[:MOST_FILMING]),
    )  # fmt: skip
