"""Wrong guesses from one place: so many, then a pause. For pages where nobody signs in.

Kept in memory, for some minutes: a restarted server forgets them, and guessing 39 bits does not become easier by that.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

_PLACES = 2000  # remembered at once; the oldest is forgotten


class Tries:
    """One for a page. `allowed` wrong ones within `seconds`, of one address; eight threads ask it at once."""

    def __init__(self, allowed: int, seconds: float, now: Callable[[], float] = time.monotonic) -> None:
        self._allowed, self._seconds, self._now = allowed, seconds, now
        self._seen: OrderedDict[str, list[float]] = OrderedDict()
        self._lock = threading.Lock()

    def left(self, place: str) -> int:
        with self._lock:
            return max(0, self._allowed - len(self._fresh(place)))

    def wrong(self, place: str) -> None:
        with self._lock:
            self._seen[place] = [*self._fresh(place), self._now()]
            self._seen.move_to_end(place)
            while len(self._seen) > _PLACES:
                self._seen.popitem(last=False)

    def _fresh(self, place: str) -> list[float]:
        return [at for at in self._seen.get(place, []) if self._now() - at < self._seconds]
