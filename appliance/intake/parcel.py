"""A parcel: what is taken together and becomes one delivery. A whole stick; one item below a school's folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from appliance.intake import names
from appliance.intake.walk import Seen, walk


@dataclass(frozen=True)
class Parcel:
    """`base`: the folder below which names are given. `item`: the one thing in it that is meant, as the bytes
    of its name; b"" means all of `base`. `source` is shown to people. `drop`: its row, None for none. `labels`: the
    given paths, where the files themselves have names of ours."""

    kind: str
    source: str
    base: Path
    item: bytes = b""
    school: str = ""
    drop: int | None = None
    labels: Mapping[bytes, str] = field(default_factory=dict)

    def walk(self) -> list[Seen]:
        """What is in it now, by the given names. Raises `SourceGone`, `StillChanging`."""
        seen = walk(self.base, self.item)
        return [one.labelled(self.labels[one.raw]) if one.raw in self.labels else one for one in seen]

    @property
    def name(self) -> str:
        """By which its drop knows it."""
        return names.shown(self.item)


@dataclass(frozen=True)
class FoundDrop:
    """A drop as its kind sees it now. `identity` stays the same while it stays plugged in or in place. `trouble`: why
    nothing can be taken from it, "" when something can."""

    identity: str
    name: str
    path: Path
    school: str = ""
    items: tuple[bytes, ...] = (b"",)
    labels: Mapping[bytes, str] = field(default_factory=dict)
    trouble: str = ""
