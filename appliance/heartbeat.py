"""Signs of life: each part of the box writes `<home>/run/<name>.json` every few seconds while it works.

Age is told by the time since boot, not by wall time: a box without a clock battery jumps by years.
A heartbeat is no record: it is not synced, and one that was cut short reads as none.
"""

from __future__ import annotations

import json
import os
import time
from dataclasses import dataclass
from pathlib import Path

PARTS = {"web": "网页", "watch": "收件与检查", "courier": "上报与接收"}
STALE_SECONDS = 30.0
_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


@dataclass(frozen=True)
class Heartbeat:
    """`age`: seconds since it was written, infinite when that was before this boot. `says`: what it was doing."""

    name: str
    pid: int
    age: float
    says: str

    @property
    def alive(self) -> bool:
        return self.age <= STALE_SECONDS


def beat(home: Path, name: str, says: str = "") -> None:
    path = home / "run" / f"{name}.json"
    temporary = path.with_suffix(f".{os.getpid()}.tmp")
    temporary.write_text(json.dumps({"pid": os.getpid(), "up": _up(), "boot": _boot(), "says": says}))
    temporary.replace(path)


def read(home: Path, name: str) -> Heartbeat | None:
    """None when the part never started, or its file cannot be understood."""
    try:
        found = json.loads((home / "run" / f"{name}.json").read_bytes())
        age = _up() - found["up"] if found["boot"] == _boot() else float("inf")
        return Heartbeat(name, int(found["pid"]), max(0.0, age), str(found["says"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _up() -> float:
    return time.clock_gettime(time.CLOCK_BOOTTIME)


def _boot() -> str:
    return _BOOT_ID.read_text().strip() if _BOOT_ID.exists() else ""
