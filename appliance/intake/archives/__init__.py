"""压缩包: what a school packed, opened in one way whatever packed it.

1. The name says that it is an archive at all; the first bytes say which, for many a `.zip` is a renamed rar.
2. `prove` reads it through without keeping a byte; only then `streams` gives the members again, to be stored.
3. `Refused`, with words for the teacher, at the first thing that two readers could read differently, that leads
   outside, or that grows beyond `Limits`.
zip is read by ourselves (`zipped`); 7z, rar and tar by libarchive in a fenced child (`fenced`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO, Protocol

from appliance.intake.archives.fenced import Fenced
from appliance.intake.archives.limits import PARTS, Limits, Refused
from appliance.intake.archives.rar_directory import sums
from appliance.intake.archives.zipped import Zip

_ENDINGS = (".zip", ".7z", ".rar", ".tar", ".tar.gz", ".tgz")
_STRANGE = (".gz", ".bz2", ".xz", ".ace", ".arj", ".lzh", ".cab")
_MARKS = (
    (0, b"PK\x03\x04", "zip"),
    (0, b"PK\x05\x06", "zip"),
    (0, b"7z\xbc\xaf\x27\x1c", "7zip"),
    (0, b"Rar!\x1a\x07\x00", "rar"),
    (0, b"Rar!\x1a\x07\x01\x00", "rar5"),
    (0, b"\x1f\x8b", "tar.gz"),
    (257, b"ustar", "tar"),
)
_PART = re.compile(r"\.(part\d+\.rar|r\d\d|z\d\d|(7z|zip|rar)\.\d{3})$")  # 课.part1.rar, 课.r00, 课.7z.001


class Member(Protocol):
    """One file in an archive. `name`: its path in readable letters; `sure`: whether its encoding is certain."""

    @property
    def raw(self) -> bytes: ...
    @property
    def name(self) -> str: ...
    @property
    def sure(self) -> bool: ...
    @property
    def size(self) -> int: ...


class Archive(Protocol):
    def prove(self) -> Sequence[Any]:
        """Its `Member`s, folders left out, each read to its end. Raises `Refused`."""

    def streams(self, proven: Sequence[Any]) -> Iterator[tuple[Any, BinaryIO]]:
        """The members that were proven, each with its bytes, in order. Raises `Refused`."""


def is_archive(name: str) -> bool:
    """By its name: one that we open, or a part of one."""
    return name.lower().endswith(_ENDINGS) or is_part(name)


def is_part(name: str) -> bool:
    return bool(_PART.search(name.lower()))


def is_strange(name: str) -> bool:
    """By its name: packed by what we do not open."""
    return name.lower().endswith(_STRANGE) and not is_archive(name)


def stem(name: str) -> str:
    """课.tar.gz → 课."""
    ending = max((one for one in _ENDINGS if name.lower().endswith(one)), key=len, default="")
    return name[: len(name) - len(ending)]


def opened(name: str, file: BinaryIO, size: int, limits: Limits) -> Archive:
    """`file` stays the caller's. Raises `Refused`."""
    if is_part(name):
        raise Refused(PARTS)
    file.seek(0)
    head = file.read(512)
    form = next((form for at, mark, form in _MARKS if head[at:].startswith(mark)), "")
    if form == "zip" or (not form and name.lower().endswith(".zip")):
        return Zip(file, size, limits)  # it has words of its own for what is no zip
    if not form:
        raise Refused("认不出是哪一种压缩包，可能没有拷完整")
    return Fenced(file, size, form, limits, sums(form, file, size, limits) if form.startswith("rar") else None)
