"""Which of the two systems runs, and whether it is on trial."""

from __future__ import annotations

from pathlib import Path

from appliance.box.body.read import text
from appliance.box.check import Check
from appliance.box.update import state

_COUNTED = "sys/firmware/efi/efivars/LoaderBootCountPath-4a67b082-0a4c-41cf-b6c7-440b29bb8c4f"
_FIX = "新的一版没有起来，盒子自己退回了；请把体检报告交给提供更新的人"


def look(top: Path, home: Path) -> Check:
    running = text(top / "run/lessonbox/slot")
    if not running:
        return Check("系统", None, "不是由装机镜像装的，没有第二个槽位")
    version = version_of(top)
    says = f"槽位 {running.upper()}，版本 {version or '不明'}"
    if (top / _COUNTED).exists():
        says += "，这次启动是在试用"
    last = state.get(home)
    if last.step == "written" and version and last.version != version:
        return Check("系统", None, f"{says}；{last.version} 写好了，没有用上", _FIX)
    return Check("系统", True, says)


def version_of(top: Path) -> str:
    lines = (text(top / "etc/os-release") or "").splitlines()
    return next((line.partition("=")[2].strip('"') for line in lines if line.startswith("IMAGE_VERSION=")), "")
