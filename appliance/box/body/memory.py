"""Memory that is left, and whether the kernel had to end a program for want of it."""

from __future__ import annotations

import re
from pathlib import Path

from appliance.box.body.read import text
from appliance.box.check import Check

_LITTLE = 150_000  # KiB: less than one check of a video needs
_FIX = "请重启盒子；常常这样，请联系技术员"


def look(top: Path, home: Path) -> Check:
    found = dict(re.findall(r"^(\w+):\s+(\d+) kB", text(top / "proc/meminfo") or "", re.M))
    if "MemAvailable" not in found:
        return Check("内存", None, "看不到")
    total, left = int(found["MemTotal"]), int(found["MemAvailable"])
    says = f"共 {total / 1e6:.1f} GB，还有 {left / 1e6:.1f} GB"
    ended = re.search(r"^oom_kill (\d+)", text(top / "proc/vmstat") or "", re.M)
    if left < _LITTLE:
        return Check("内存", False, says, _FIX)
    if ended and int(ended[1]):
        return Check("内存", None, f"{says}；开机以来有 {ended[1]} 个程序因内存不够被结束", _FIX)
    return Check("内存", True, says)
