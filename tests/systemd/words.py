"""The words of a unit: its own, after those that hold for all."""

from __future__ import annotations

import re
from pathlib import Path

from tests.systemd.conftest import UNITS

COMMON = UNITS / "lessonbox-.service.d" / "10-hardening.conf"


def files(unit: Path) -> list[Path]:
    """The unit's own file, then the drop-ins by name; of two with one name the unit's own one counts."""
    common = {path.name: path for path in COMMON.parent.glob("*.conf")}
    own = {path.name: path for path in (UNITS / f"{unit.name}.d").glob("*.conf")}
    return [unit, *(path for _, path in sorted((common | own).items()))]


def values(unit: Path, name: str) -> list[str]:
    """All values of a word, in the order in which systemd reads the files."""
    pattern = rf"^{name}=(.*)$"
    return [found for path in files(unit) for found in re.findall(pattern, path.read_text(), re.M)]


def value(unit: Path, name: str, otherwise: str = "") -> str:
    return next(iter(values(unit, name)), otherwise)
