"""What an update says of itself. Every field is checked before any of it is used; an unknown field is an error."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from typing import Any

from appliance.errors import UpdateRefused

PRODUCT = "lessonbox"
LARGEST = 64 << 10  # bytes of the manifest
MOST_PARTS, LARGEST_PART = 64, 16 << 30
ROOT = "root"  # the part for the slot itself; every other is a file beside the kernel
_NAME = re.compile(r"[a-z0-9][A-Za-z0-9._-]{0,60}")
_VERSION = re.compile(r"\d{1,6}(\.\d{1,6}){0,3}")
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Part:
    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """`floor`: the oldest version that may come after this one. `schema_from`, `schema_to`: numbers of catalog steps
    from which the new program goes on, and which it makes. `notes`: what is new, for the technician."""

    product: str
    board: str
    version: str
    floor: str
    schema_from: int
    schema_to: int
    parts: tuple[Part, ...]
    notes: str = ""

    @property
    def total(self) -> int:
        return sum(part.size for part in self.parts)


def order(version: str) -> tuple[int, ...]:
    """Versions compare by their numbers: 2024.10 comes after 2024.9."""
    return tuple(int(number) for number in version.split("."))


def is_version(text: str) -> bool:
    return _VERSION.fullmatch(text) is not None


def written(manifest: Manifest) -> bytes:
    return json.dumps(asdict(manifest), ensure_ascii=False, sort_keys=True, indent=1).encode()


def read(data: bytes) -> Manifest:
    """Raises `UpdateRefused` (FORMAT)."""
    try:
        raw = json.loads(data)
        parts = tuple(Part(**part) for part in raw.pop("parts"))
        manifest = Manifest(parts=parts, **raw)
        good = _good(manifest)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise UpdateRefused("更新文件的清单读不懂", code="FORMAT") from error
    if not good:
        raise UpdateRefused("更新文件的清单不合规定", code="FORMAT")
    return manifest


def _good(one: Manifest) -> bool:
    names = [part.name for part in one.parts]
    texts: list[Any] = [one.product, one.board, one.version, one.floor, one.notes]
    return (
        all(isinstance(text, str) for text in texts)
        and all(type(number) is int and 0 <= number < 1 << 20 for number in (one.schema_from, one.schema_to))
        and is_version(one.version) and is_version(one.floor) and order(one.floor) <= order(one.version)
        and len(one.notes) <= 2000
        and 0 < len(names) <= MOST_PARTS and len(set(names)) == len(names) and ROOT in names
        and all(_NAME.fullmatch(part.name) and _SHA256.fullmatch(part.sha256) for part in one.parts)
        and all(type(part.size) is int and 0 < part.size <= LARGEST_PART for part in one.parts)
    )  # fmt: skip
