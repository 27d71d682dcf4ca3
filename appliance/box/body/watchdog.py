"""The hardware that restarts a box that hangs. A kernel may have none, or have one that nobody feeds."""

from __future__ import annotations

from pathlib import Path

from appliance.box.body.read import number, text
from appliance.box.check import Check

_FIX = "盒子卡死时不会自己重启，要有人拔电源；请联系技术员"


def look(top: Path, home: Path) -> Check:
    found = sorted((top / "sys/class/watchdog").glob("watchdog*"))
    if not found:
        return Check("看门狗", None, "这台机器没有", _FIX)
    for place in found:
        if text(place / "state") == "active":
            kind = text(place / "identity") or place.name
            return Check("看门狗", True, f"开着，{kind}，{number(place / 'timeout') or '?'} 秒")
    return Check("看门狗", False, "有，但没有开", _FIX)
