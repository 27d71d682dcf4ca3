"""How fast the copies go, told from what successive looks at the page saw."""

from __future__ import annotations

import threading
from dataclasses import dataclass

SMOOTHING = 0.3  # share of the newest measurement
FORGET_SECONDS = 60.0


@dataclass
class _Seen:
    at: float
    done: int
    rate: float | None = None


class Rates:
    """One for the server; a few numbers a drop. Eight threads ask it at once."""

    def __init__(self) -> None:
        self._seen: dict[int, _Seen] = {}
        self._lock = threading.Lock()

    def seconds_left(self, drop: int, done: int, total: int, now: float) -> float | None:
        """`now`: monotonic seconds. None until two looks, a second apart, saw the copy move."""
        with self._lock:
            seen = self._seen.get(drop)
            if seen is None or done < seen.done or now - seen.at > FORGET_SECONDS:
                seen = self._seen[drop] = _Seen(now, done)
            elif now - seen.at >= 1:
                rate = (done - seen.done) / (now - seen.at)
                mean = rate if seen.rate is None else seen.rate + SMOOTHING * (rate - seen.rate)
                seen.at, seen.done, seen.rate = now, done, mean
            return (total - done) / seen.rate if seen.rate else None
