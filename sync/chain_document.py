"""chain.json: where a bundle stands in its station's row. Strictly read, because everything hangs on it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from sync import canonical
from sync.profile import Violation

GENESIS = "0" * 64
LEVELS = ("county", "city", "province")
_HASH = re.compile(r"[0-9a-f]{64}\Z")
_LESSON = re.compile(r"[0-9A-Za-z]{1,20}-[0-9]{5,9}\Z")
_CODE = re.compile(r"[0-9A-Za-z]{1,20}\Z")
_LARGEST = 1 << 53


@dataclass(frozen=True)
class Link:
    """`prev`: hash of the tag manifest of the bundle before, zeros for the first of an epoch."""

    level: str
    station: str
    epoch: int
    seq: int
    prev: str
    lesson: str
    version: int
    supersedes: str

    @property
    def principal(self) -> str:
        return f"{self.level}-{self.station}"


def lesson_id(code: str, no: int) -> str:
    return f"{code}-{no:05d}"


def read(data: bytes) -> tuple[Link, dict[str, Any]]:
    """Raises `Violation`: JSON-KEY, JSON."""
    document = json_of(data, "chain.json")
    link = Link(
        level=_text(document, "level"), station=_text(document, "station"), epoch=_number(document, "epoch"),
        seq=_number(document, "seq"), prev=_text(document, "prev"), lesson=_text(document, "lesson"),
        version=_number(document, "version"), supersedes=_text(document, "supersedes"),
    )  # fmt: skip
    good = (
        link.level in LEVELS and _CODE.match(link.station) and _LESSON.match(link.lesson)
        and link.lesson.rpartition("-")[0] == link.station and _HASH.match(link.prev)
        and (not link.supersedes or _HASH.match(link.supersedes))
    )  # fmt: skip
    if not good:
        raise Violation("JSON", "chain.json")
    return link, document


def json_of(data: bytes, path: str) -> dict[str, Any]:
    """Raises `Violation`: JSON-KEY for a key that stands twice, JSON for everything else."""
    try:
        return canonical.read(data)
    except canonical.DuplicateKey as error:
        raise Violation("JSON-KEY", path) from error
    except ValueError as error:
        raise Violation("JSON", path) from error


def _text(document: dict[str, Any], name: str) -> str:
    value = document.get(name)
    if not isinstance(value, str):
        raise Violation("JSON", "chain.json")
    return value


def _number(document: dict[str, Any], name: str) -> int:
    value = document.get(name)
    if type(value) is not int or not 1 <= value <= _LARGEST:
        raise Violation("JSON", "chain.json")
    return value
