"""One file of a drop into the store, or, when it is not whole, into the quarantine. A large one that was cut off goes
on where it was.

It is read once; afterwards size, times and inode are asked again, by the open file and by its name, since a
writer may have come during the copy (F10).
"""

from __future__ import annotations

import errno
import hashlib
import io
import os
from dataclasses import dataclass
from pathlib import Path

from appliance.errors import SourceGone, StillChanging
from appliance.intake.progress import Progress
from appliance.intake.walk import Seen, open_beneath, reading, stamp_of
from appliance.model import Blob
from appliance.probes.container import whole
from appliance.store import Store
from appliance.store.partial import LEAST, Partial
from appliance.store.quarantine import Quarantine

TRIES = 3


@dataclass(frozen=True)
class Taken:
    seen: Seen
    blob: Blob
    incomplete: str = ""  # what is missing, for the teacher; such bytes are in the quarantine
    kept: int = 0  # bytes that an earlier, interrupted copy had brought
    differed: bool = False  # such bytes were there, and the drop has others now (F2)


class Source(io.RawIOBase):
    """`size` bytes of a file on a drop, read without buffer; one that grows as fast as we read must end too.
    What goes wrong here is the drop's fault, never the store's."""

    def __init__(self, fd: int, size: int) -> None:
        self.fd, self.size, self.left = fd, size, size

    def peek(self, at: int, count: int) -> bytes:
        try:
            return os.pread(self.fd, count, at)
        except OSError as error:
            raise SourceGone() from error

    def seek(self, at: int, whence: int = 0) -> int:
        os.lseek(self.fd, at, whence)
        self.left = self.size - at
        return at

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:  # type: ignore[no-untyped-def,override]
        try:
            count = os.readv(self.fd, [memoryview(buffer)[: self.left]]) if self.left else 0
        except OSError as error:
            raise SourceGone() from error
        self.left -= count
        return count


def take(base: Path, seen: Seen, store: Store, quarantine: Quarantine, progress: Progress) -> Taken:
    """Raises `SourceGone`, `StillChanging`, `StorageFull`, `StorageLies`; `PermissionError` when the file may
    not be read."""
    for _ in range(TRIES):
        with reading(base):
            says = missing_from(base, seen)
            fd = open_beneath(base, seen.raw)
        try:
            before = stamp_of(fd)
            source = Source(fd, before[0])
            partial = (quarantine if says else store).partial(key(seen), source.peek)
            blob = _put(quarantine if says else store, source, partial, progress)
            if before == _stamp_by_name(base, seen) == stamp_of(fd) and blob.size == before[0]:
                return Taken(seen, blob, says, partial.at, partial.differed)
        finally:
            os.close(fd)
        progress.back(blob.size)
    raise StillChanging(f"{seen.name} 还在变化")


def _put(place: Store, source: Source, partial: Partial, progress: Progress) -> Blob:
    if source.size < LEAST:
        return place.put(source, progress.add)  # type: ignore[arg-type]
    return place.put_on(source, partial, progress.add)  # type: ignore[arg-type]


def key(seen: Seen) -> str:
    """By which a file is known again when its drop comes back. The stick is not named in it: what is there is
    compared, whatever it is plugged in as."""
    return hashlib.sha256(b"%d %d %b" % (seen.size, seen.mtime_ns, seen.raw)).hexdigest()


def missing_from(base: Path, seen: Seen) -> str:
    try:
        return whole(base / os.fsdecode(seen.raw)).says
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:  # copied all the same; the probes look at it under its hash
            return ""
        raise


def _stamp_by_name(base: Path, seen: Seen) -> tuple[int, int, int, int]:
    with reading(base):
        fd = open_beneath(base, seen.raw)
        try:
            return stamp_of(fd)
        finally:
            os.close(fd)
