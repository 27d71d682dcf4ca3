"""7z, rar and tar: unpacked by libarchive in a fenced child, which gives bytes and names through a pipe.

The child can neither write a file nor reach a network; what it sends is counted here while it streams, so a bomb
ends at the cap. A child that crashes, spins or asks for too much memory refuses its archive.
"""

from __future__ import annotations

import functools
import io
import json
import zlib
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from appliance.intake import names
from appliance.intake.archives import limits as words
from appliance.intake.archives.frames import CHILD, CRASHED, speaking
from appliance.intake.archives.limits import Limits, Refused, check_count, check_path, check_total
from appliance.intake.archives.rar_directory import Sums

_MOST_NAME = 1 << 16  # bytes


@dataclass(frozen=True)
class Packed:
    """One file in an archive. `size`: bytes, as counted when the archive was proven."""

    raw: bytes
    name: str
    sure: bool
    size: int


class Fenced:
    """`lent`: the open archive; `form`: one of `libarchive.FORMATS`; `sums`: checksums of its files, where libarchive
    does not look at them itself; `child`: the program that is given the archive, and is believed nothing."""

    def __init__(
        self, lent: BinaryIO, size: int, form: str, limits: Limits, sums: Sums | None = None,
        child: Sequence[str] = CHILD,
    ) -> None:  # fmt: skip
        self.file, self.size, self.form, self.limits, self.sums = lent, size, form, limits, sums
        self.child = child

    def prove(self) -> list[Packed]:
        """Reads it through without keeping anything. Raises `Refused`."""
        found: list[Packed] = []
        buffer = bytearray(1 << 18)
        for raw, name, sure, stream in self._members():
            crc = 0
            while count := stream.readinto(buffer):
                crc = zlib.crc32(memoryview(buffer)[:count], crc)
            if self.sums is not None and (self.sums[len(found) : len(found) + 1] or [-1])[0] not in (None, crc):
                raise Refused(f"压缩包已损坏：{name!r}")
            found.append(Packed(raw, name, sure, stream.given))
        if len({one.name for one in found}) != len(found):
            raise Refused(words.TWICE)
        return found

    def streams(self, proven: Sequence[Packed]) -> Iterator[tuple[Packed, BinaryIO]]:
        """The same members again. Raises `Refused` when they are not: the medium changed under us."""
        again = 0
        for one, (raw, _, _, stream) in zip(proven, self._members(), strict=False):
            if raw != one.raw:
                raise Refused(words.DAMAGED)
            again += 1
            yield one, stream  # type: ignore[misc]
        if again != len(proven):
            raise Refused(words.DAMAGED)

    def _members(self) -> Generator[tuple[bytes, str, bool, Stream], None, None]:
        total = count = 0
        with speaking(self.child, self.file, self.form, self.size) as frames:
            for letter, content in frames:
                if letter == b"Z":
                    return
                if letter != b"M":
                    raise Refused(CRASHED)
                told = _Told.of(content)
                count += 1  # folders too: a million of them is a bomb as well
                check_count(count, self.limits)
                stream = Stream(frames, functools.partial(self._within, total))
                if told.kind == "file":
                    yield told.raw, told.name, told.sure, stream
                stream.drain()
                if told.kind == "file" and told.size not in (None, stream.given):
                    raise Refused(f"压缩包里写的大小不对：{told.name!r}")
                total += stream.given

    def _within(self, before: int, given: int) -> None:
        check_total(before + given, self.size, self.limits)


@dataclass(frozen=True)
class _Told:
    """What the child says of a member. It has read a stranger's bytes, so nothing of it is believed unchecked."""

    raw: bytes
    name: str
    sure: bool
    kind: str
    size: int | None

    @classmethod
    def of(cls, content: bytes) -> _Told:
        """Raises `Refused` for what no archive of a school holds."""
        try:
            told = json.loads(content)
            raw, kind, size, locked = bytes.fromhex(told["raw"]), told["kind"], told["size"], told["encrypted"]
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise Refused(CRASHED) from error
        if len(raw) > _MOST_NAME or not (size is None or type(size) is int) or type(kind) is not str:
            raise Refused(CRASHED)
        name, sure = names.guess(raw)
        name = name.removeprefix("./")
        check_path(name or ".")
        if locked:
            raise Refused(words.PASSWORD)
        if kind not in ("file", "folder"):
            raise Refused(words.LINK.format(name=name))
        return cls(raw, name, sure, kind, size)


class Stream(io.RawIOBase):
    """The bytes of the member that the child sends now."""

    def __init__(self, frames: Iterator[tuple[bytes, bytes]], check: Callable[[int], None]) -> None:
        self.frames, self.check = frames, check
        self.piece, self.given, self.ended = b"", 0, False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:  # type: ignore[no-untyped-def,override]
        while not self.piece and not self.ended:
            letter, self.piece = next(self.frames)
            if letter not in (b"D", b"E"):
                raise Refused(CRASHED)
            self.ended = letter == b"E"
        count = min(len(buffer), len(self.piece))
        buffer[:count], self.piece = self.piece[:count], self.piece[count:]
        self.given += count
        self.check(self.given)
        return count

    def drain(self) -> None:
        buffer = bytearray(1 << 18)
        while self.readinto(buffer):
            continue
