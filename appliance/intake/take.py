"""One file of a drop into the store, or, when it is not whole, into the quarantine. A large one that was cut off goes
on where it was.

It is read once; afterwards size, times and inode are asked again, by the open file and by its name, since a
writer may have come during the copy (F10).
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import io
import os
from dataclasses import dataclass
from pathlib import Path

from appliance.errors import SourceGone, StillChanging
from appliance.intake import ahead
from appliance.intake.ahead import ReadAhead
from appliance.intake.progress import Progress
from appliance.intake.walk import Seen, open_beneath, reading, stamp_of
from appliance.model import Blob
from appliance.probes.container import whole
from appliance.store import Store, Written
from appliance.store.partial import LEAST, Partial
from appliance.store.quarantine import Quarantine

TRIES = 3


@dataclass(frozen=True)
class Copied:
    """Read to its end, and not changed meanwhile. `finish` makes it safe, in any thread; until then it is nothing."""

    seen: Seen
    place: Store
    written: Written
    partial: Partial
    incomplete: str

    def finish(self) -> Taken:
        """Raises `StorageFull`, `StorageLies`."""
        blob = self.place.finish(self.written)
        return Taken(self.seen, blob, self.incomplete, self.partial.at, self.partial.differed)


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
    """As `copy`, and made safe."""
    return copy(base, seen, store, quarantine, progress).finish()


def copy(base: Path, seen: Seen, store: Store, quarantine: Quarantine, progress: Progress) -> Copied:
    """Raises `SourceGone`, `StillChanging`, `StorageFull`; `PermissionError` when the file may not be read."""
    for _ in range(TRIES):
        with reading(base):
            says = missing_from(base, seen)
            fd = open_beneath(base, seen.raw)
        place = quarantine if says else store
        try:
            before = stamp_of(fd)
            with contextlib.suppress(OSError):  # not every file system knows it
                os.posix_fadvise(fd, 0, 0, os.POSIX_FADV_SEQUENTIAL)  # the kernel asks the stick for more at once
            source = Source(fd, before[0])
            partial = place.partial(key(seen), source.peek)
            with contextlib.closing(ReadAhead(source) if source.size >= ahead.LEAST else source) as stream:
                written = place.write(stream, progress.add, partial if source.size >= LEAST else None)  # type: ignore[arg-type]
            size = written.blob.size if written.blob else written.size
            try:
                same = before == _stamp_by_name(base, seen) == stamp_of(fd) and size == before[0]
            except BaseException:  # pulled this moment
                place.drop(written, written.kept is not None)
                raise
        finally:
            os.close(fd)
        if same:
            return Copied(seen, place, written, partial, says)
        place.drop(written)
        partial.done()
        progress.back(size)
    raise StillChanging(f"{seen.name} 还在变化")


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
