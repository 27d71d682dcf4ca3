"""How the parts of the box say that they are alive: a small file each in `<home>/run`, and systemd's watchdog.

Age is told by the time since boot, not by wall time: a box without a clock battery jumps by years.
"""

from __future__ import annotations

import json
import os
import socket
import time
from pathlib import Path
from typing import Any

PARTS = {"web": "网页", "watch": "收件与检查", "courier": "上报与接收"}
STALE_SECONDS = 60
_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


def beat(run_folder: Path, part: str) -> None:
    """Says "alive". Cheap enough for every few seconds; not synced: after a power cut nobody is alive."""
    temporary = run_folder / f".{part}.{os.getpid()}"
    temporary.write_text(json.dumps({"pid": os.getpid(), "boot": boot(), "up": _up()}))
    temporary.replace(run_folder / part)
    notify("WATCHDOG=1")


def ready() -> None:
    notify("READY=1")


def notify(message: str) -> None:
    """sd_notify(3): a datagram to the socket that systemd names; nothing without systemd."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address:
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as channel:
        channel.connect("\0" + address[1:] if address.startswith("@") else address)
        channel.send(message.encode())


def read(run_folder: Path) -> dict[str, dict[str, Any]]:
    """part → {"alive", "pid", "seconds"}; `seconds` since the last beat, None when there was none since boot."""
    return {part: _one(run_folder / part) for part in PARTS}


def alive(run_folder: Path, name: str) -> bool:
    """Of something that beats here without being one of PARTS: a box without a printer lacks nothing."""
    return bool(_one(run_folder / name)["alive"])


def _one(path: Path) -> dict[str, Any]:
    try:
        said = json.loads(path.read_text())
        seconds = _up() - said["up"] if said["boot"] == boot() else None
        pid = int(said["pid"])
    except (OSError, ValueError, KeyError, TypeError):
        return {"alive": False, "pid": None, "seconds": None}
    if seconds is None:
        return {"alive": False, "pid": pid, "seconds": None}
    return {
        "alive": seconds < STALE_SECONDS and runs(pid),
        "pid": pid,
        "seconds": round(seconds, 1),
    }


def runs(pid: int) -> bool:
    """Asked by a signal that is not sent: under systemd each part is another user, and /proc hides the others."""
    try:
        os.kill(pid, 0)
    except PermissionError:
        return True
    except (ProcessLookupError, OverflowError):
        return False
    return True


def _up() -> float:
    """Seconds since boot, also while asleep."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


def boot() -> str:
    """Which start of the machine this is."""
    return _BOOT_ID.read_text().strip() if _BOOT_ID.exists() else ""
