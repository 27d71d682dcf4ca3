"""A parcel: what is taken together and becomes one delivery. A whole stick; one item below a school's folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from appliance.intake import names


@dataclass(frozen=True)
class Parcel:
    """`base`: the folder below which names are given. `item`: the one thing in it that is meant, as the bytes
    of its name; b"" means all of `base`. `source` is shown to people. `drop`: its row, None for none."""

    kind: str
    source: str
    base: Path
    item: bytes = b""
    school: str = ""
    drop: int | None = None

    @property
    def name(self) -> str:
        """By which its drop knows it."""
        return names.shown(self.item)


@dataclass(frozen=True)
class FoundDrop:
    """A drop as its kind sees it now. `identity` stays the same while it stays plugged in or in place."""

    identity: str
    name: str
    path: Path
    school: str = ""
    items: tuple[bytes, ...] = (b"",)
