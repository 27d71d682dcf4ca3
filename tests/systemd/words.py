"""The words of a unit: its own, after those that hold for all."""

from __future__ import annotations

import re
from pathlib import Path

from tests.systemd.conftest import UNITS

COMMON = UNITS / "lessonbox-.service.d" / "10-hardening.conf"


def common(unit: Path) -> Path:
    """The common file, or the one that a unit has in its place: of two with one name the nearer one counts."""
    own = UNITS / f"{unit.name}.d" / COMMON.name
    return own if own.exists() else COMMON


def values(unit: Path, name: str) -> list[str]:
    """All values of a word, in the order in which systemd reads the files."""
    pattern = rf"^{name}=(.*)$"
    return [found for path in (unit, common(unit)) for found in re.findall(pattern, path.read_text(), re.M)]


def value(unit: Path, name: str, otherwise: str = "") -> str:
    return next(iter(values(unit, name)), otherwise)
