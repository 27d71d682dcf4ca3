"""Power cuts made from the log of a disk: what was flushed is there; of the rest some is, some is not, some is torn.

A real disk may lose or tear whatever it has not been told to flush, in any order. So does `cut`, by a seeded chance.
"""

from __future__ import annotations

import random
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from tests.image.power.log_disk import FLUSH, RECORD

_KEPT, _TORN = 0.45, 0.15  # chances of a write that was not flushed; the rest is lost
_SECTOR = 512  # no disk tears smaller


@dataclass(frozen=True)
class Entry:
    flush: bool
    offset: int  # on the disk
    place: int  # of the bytes in the log
    size: int
    end: int  # of the record in the log: an acknowledgement made at that length of the log comes after it


def entries(log: Path) -> list[Entry]:
    found, at, whole = [], 0, log.stat().st_size
    with log.open("rb") as file:
        while at + RECORD.size <= whole:
            file.seek(at)
            kind, offset, size = RECORD.unpack(file.read(RECORD.size))
            found.append(Entry(kind == FLUSH, offset, at + RECORD.size, size, at + RECORD.size + size))
            at += RECORD.size + size
    return found


class Replay:
    """Disks as they are after cuts, in the order of time. `heed=False`: a disk that lies about flushes."""

    def __init__(self, before: Path, log: Path, place: Path, seed: int, heed: bool = True) -> None:
        self._log, self._place, self._heed = log, place, heed
        self.entries = entries(log)
        self._chance = random.Random(seed)
        self._flushed = place / "flushed.img"
        self._done = 0
        _copy(before, self._flushed)

    def cuts(self, count: int, after: int) -> list[int]:
        """Numbers of entries, ascending; `after`: a length of the log."""
        first = next(number for number, entry in enumerate(self.entries) if entry.end >= after)
        choice = range(first, len(self.entries))
        return sorted(self._chance.sample(choice, min(count, len(choice))))

    def cut(self, last: int) -> Path:
        """The disk when the power went right after entry `last`; never earlier than the cut before."""
        if self._heed:
            self._apply_flushed(last)
        disk = self._place / f"cut-{last}.img"
        _copy(self._flushed, disk)
        with disk.open("r+b") as out, self._log.open("rb") as log:
            for entry in self._unflushed(last):
                chance = self._chance.random()
                size = entry.size if chance < _KEPT else 0
                if _KEPT <= chance < _KEPT + _TORN:
                    size = self._chance.randrange(0, entry.size, _SECTOR)
                _write(out, log, entry, size)
        return disk

    def _apply_flushed(self, last: int) -> None:
        flushes = [number for number in range(self._done, last + 1) if self.entries[number].flush]
        if not flushes:
            return
        with self._flushed.open("r+b") as out, self._log.open("rb") as log:
            for entry in self.entries[self._done : flushes[-1]]:
                if not entry.flush:
                    _write(out, log, entry, entry.size)
        self._done = flushes[-1] + 1

    def _unflushed(self, last: int) -> Iterator[Entry]:
        return (entry for entry in self.entries[self._done : last + 1] if not entry.flush)


def _write(out: BinaryIO, log: BinaryIO, entry: Entry, size: int) -> None:
    log.seek(entry.place)
    out.seek(entry.offset)
    out.write(log.read(size))


def _copy(source: Path, target: Path) -> None:
    subprocess.run(["cp", "--sparse=always", str(source), str(target)], check=True)
