"""Temperature, and whether the machine slows down because of it or of weak power."""

from __future__ import annotations

from pathlib import Path

from appliance.box.body.read import number
from appliance.box.check import Check

_WARM, _HOT = 75, 85  # °C: a Pi slows down from 80 on, at 85 by half; PC processors bear some more
_PI = "sys/devices/platform/soc/soc:firmware/get_throttled"
_WEAK_NOW, _SLOW_NOW, _WEAK_BEFORE, _SLOW_BEFORE = 1 << 0, 1 << 2, 1 << 16, 1 << 18
_VENTS = "请看通风口有没有被挡住，把盒子挪到凉快的地方"
_POWER = "请换用原配的电源和电源线，不要从别的机器的 USB 口取电"


def temperature(top: Path, home: Path) -> Check:
    zones = [number(path) for path in sorted((top / "sys/class/thermal").glob("thermal_zone*/temp"))]
    degrees = [value / 1000 for value in zones if value is not None]
    if not degrees:
        return Check("温度", None, "看不到")
    hottest = max(degrees)
    ok = True if hottest < _WARM else None if hottest < _HOT else False
    return Check("温度", ok, f"{hottest:.0f} °C", _VENTS)


def throttling(top: Path, home: Path) -> Check:
    if (flags := number(top / _PI, 16)) is not None:
        return _of_a_pi(flags)
    counts = [
        number(path) for path in (top / "sys/devices/system/cpu").glob("cpu*/thermal_throttle/package_throttle_count")
    ]
    seen = [count for count in counts if count is not None]
    if not seen:
        return Check("降速", None, "看不到")
    most = max(seen)
    return Check("降速", True if not most else None, f"开机以来因过热降速 {most} 次" if most else "没有", _VENTS)


def _of_a_pi(flags: int) -> Check:
    if flags & _WEAK_NOW:
        return Check("降速", False, "供电不足，存储可能写坏", _POWER)
    if flags & _SLOW_NOW:
        return Check("降速", False, "正在因过热降速", _VENTS)
    if flags & _WEAK_BEFORE:
        return Check("降速", None, "开机以来供电不足过", _POWER)
    if flags & _SLOW_BEFORE:
        return Check("降速", None, "开机以来因过热降速过", _VENTS)
    return Check("降速", True, "没有")
