"""How the disks are. What only root may ask (SMART) is asked by `lessonbox disks`, hourly, and left in a note; how much of
its life a card or eMMC has used, everybody may read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from appliance.box.body.read import text
from appliance.box.check import Check

NOTE = "run/disks.json"
_FIX = "请先备份，再换这块盘"
_LIFE = {9: "寿命用到八九成", 10: "寿命用到九成以上", 11: "超过了估计的寿命"}  # eMMC counts in tenths
_SPARE = {2: "备用块用了八成", 3: "备用块快用完了"}


def look(top: Path, home: Path) -> Check:
    said = [*_cards(top), *_noted(home)]
    if not said:
        return Check("硬盘", None, "看不到健康状况（没有 smartctl，或这种盘不说）", "")
    oks = [ok for ok, _ in said]
    ok = False if False in oks else None if None in oks else True
    return Check("硬盘", ok, "；".join(says for _, says in said), "" if ok else _FIX)


def _cards(top: Path) -> list[tuple[bool | None, str]]:
    """eMMC and some SD cards: life used, in tenths, for two kinds of cells; and spare blocks."""
    found: list[tuple[bool | None, str]] = []
    for device in sorted((top / "sys/block").glob("mmcblk?/device")):
        life = max((int(word, 16) for word in (text(device / "life_time") or "").split()), default=0)
        spare = int(text(device / "pre_eol_info") or "0", 16)
        worse = [words for words in (_LIFE.get(life), _SPARE.get(spare)) if words]
        if not life and not spare:
            continue
        says = "、".join(worse) or f"寿命约用了 {life * 10}%"
        found.append((False if life >= 10 or spare >= 3 else None if worse else True, f"{device.parent.name} {says}"))
    return found


def _noted(home: Path) -> list[tuple[bool | None, str]]:
    try:
        told = json.loads((home / NOTE).read_bytes())
        return [judged(name, disk) for name, disk in sorted(told.items())]
    except (OSError, ValueError, AttributeError):
        return []


def judged(name: str, disk: dict[str, Any]) -> tuple[bool | None, str]:
    """One disk as `smartctl --json -a` tells of it; only what every kind of disk means alike is judged."""
    model = str(disk.get("model_name", name))
    passed = (disk.get("smart_status") or {}).get("passed")
    used = (disk.get("nvme_smart_health_information_log") or {}).get("percentage_used")
    if passed is False:
        return False, f"{model} 自己说快坏了"
    if isinstance(used, int) and used >= 90:
        return None, f"{model} 寿命用了 {used}%"
    if bad := _bad_sectors(disk):
        return None, f"{model} 有 {bad} 个扇区换过或读不出"
    return (True, f"{model} 好") if passed else (None, f"{model} 不说自己怎样")


def _bad_sectors(disk: dict[str, Any]) -> int:
    rows = (disk.get("ata_smart_attributes") or {}).get("table") or []
    counted = {5, 197, 198}  # reallocated, pending, uncorrectable
    return sum(int(row["raw"]["value"]) for row in rows if row.get("id") in counted)
