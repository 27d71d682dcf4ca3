"""Where uploaded files lie: `uploads/<hand-in>/<name of ours>` while they come, `drops/browser/…` once handed in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from appliance.station import Station

_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")


def folder(station: Station, hand_in: int) -> Path:
    return station.folder("uploads") / str(hand_in)


def handed(station: Station, hand_in: int) -> Path:
    return station.folder("drops/browser") / str(hand_in)


def labels(station: Station, hand_in: int) -> Path:
    """Which file of ours was given which path, and by which school."""
    return station.folder("drops/browser") / f"{hand_in}.json"


def file_name(row: Mapping[str, Any]) -> str:
    """Ours, with the suffix kept where it is a plain one: some questions are asked by it."""
    suffix = Path(row["name"]).suffix.lower()
    return row["id"] + (suffix if _SUFFIX.fullmatch(suffix) else "")


def path(station: Station, row: Mapping[str, Any]) -> Path:
    return folder(station, row["hand_in"]) / file_name(row)
