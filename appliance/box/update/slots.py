"""The two slots of a box, A and B: which one runs, and what belongs to the other."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from appliance.errors import UpdateRefused

_RUNNING, _DEVICES, _BOOT = Path("/run/lessonbox/slot"), Path("/dev/lessonbox"), Path("/boot")
_RELEASES = (Path("/etc/os-release"), Path("/usr/lib/os-release"))
_PI = Path("/proc/device-tree/model")


@dataclass(frozen=True)
class Box:
    """`running`, `other`: "a" or "b". `device`: the other slot's root. `boot`: the folder of boot files and entries.
    `floor`: no older version is ever taken."""

    board: str
    version: str
    running: str
    device: Path
    boot: Path
    floor: str = "0"

    @property
    def other(self) -> str:
        return "b" if self.running == "a" else "a"

    @property
    def room(self) -> int:
        """Bytes of the other slot."""
        try:
            fd = os.open(self.device, os.O_RDONLY)
        except FileNotFoundError as error:
            raise _no_slots() from error
        try:
            return os.lseek(fd, 0, os.SEEK_END)
        finally:
            os.close(fd)


def this_box(floor: str) -> Box:
    """Raises `UpdateRefused` (NO-SLOTS) on a system that was not made by our image."""
    try:
        running = _RUNNING.read_text().strip()
        version = _image_version()
    except OSError as error:
        raise _no_slots() from error
    device = _DEVICES / f"root-{'b' if running == 'a' else 'a'}"
    if running not in ("a", "b") or not version:
        raise _no_slots()
    return Box(board(), version, running, device, _BOOT, floor)


def board() -> str:
    try:
        model = _PI.read_text(errors="replace")
    except OSError:
        return "pc"
    found = re.match(r"Raspberry Pi (?:Compute Module )?(\d)", model)
    return f"pi{found[1]}" if found else "arm64"


def _image_version() -> str:
    text = next(path for path in _RELEASES if path.exists()).read_text()
    found = re.search(r"^IMAGE_VERSION=\"?([\d.]+)", text, re.M)
    return found[1] if found else ""


def _no_slots() -> UpdateRefused:
    return UpdateRefused("这台机器不是由装机镜像装的，没有第二个槽位", code="NO-SLOTS", remedy="请照技术手册更新程序")
