"""What came in: bytes, entries of a drop, and when."""

from __future__ import annotations

from dataclasses import dataclass

from appliance.model.words import Fate


@dataclass(frozen=True)
class Blob:
    """Bytes in the store, known by their SHA-256 (lower-case hex). `fresh`: this call brought them."""

    sha256: str
    size: int
    fresh: bool = True


@dataclass(frozen=True)
class Entry:
    """One thing found on a drop. `name` is the path below the parcel, `/`-separated, for people;
    `raw` the same path as the bytes that were given."""

    name: str
    size: int
    fate: Fate
    reason: str = ""
    sha256: str = ""
    raw: bytes = b""


@dataclass(frozen=True)
class Moment:
    """Wall time as ISO 8601 with offset, and how far it can be trusted: ntp, rtc, manual, unknown."""

    wall: str
    quality: str
