"""Has everybody finished writing? The same questions at start as while running (F9, F15).

1. Nothing about any file changed for the quiet time, by the monotonic clock: the wall clock jumps.
2. Nobody holds a file open for writing: a read lease is refused then, preallocated files included.
A half file that nobody writes any more is settled; whether it is whole is asked when it is taken.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from appliance.intake.walk import Seen, open_beneath, reading

Key = tuple[int, str]  # drop and name of the parcel
_F_SETSIG = 10  # fcntl(2); not named in Python's module


def signature(seen: Sequence[Seen]) -> str:
    """Changes whenever something to be taken is added, removed, written or replaced."""
    digest = hashlib.sha256()
    for one in seen:
        if not one.ignored:
            digest.update(b"%d %d %d %b\0" % (*one.stamp, one.raw))
    return digest.hexdigest()


@dataclass
class Settling:
    """Remembers since when each parcel has looked the same."""

    quiet_seconds: float
    now: Callable[[], float] = time.monotonic
    _since: dict[Key, tuple[str, float]] = field(default_factory=dict)

    def why_not(self, key: Key, base: Path, seen: Sequence[Seen]) -> str:
        """ "" when settled, else what is still going on, for the clerk. Raises `SourceGone`, `StillChanging`."""
        sign, now = signature(seen), self.now()
        before, since = self._since.get(key, ("", now))
        if sign != before:
            self._since[key] = (sign, now)
            since = now
        if now - since < self.quiet_seconds:
            return "等文件写完"
        for one in seen:
            if not one.ignored and written_now(base, one.raw):
                self._since[key] = (sign, now)  # quiet begins when the writer lets go
                return f"还在写入：{one.name}"
        return ""

    def forget(self, drop: int) -> None:
        """The drop is gone; when it comes again, its quiet time begins anew."""
        for key in [key for key in list(self._since) if key[0] == drop]:
            self._since.pop(key, None)


def written_now(base: Path, raw: bytes) -> bool:
    """True while a process of this machine has the file open for writing. False where the file system knows
    no leases (vfat through FUSE, network shares): there only the quiet time speaks."""
    with reading(base):
        try:
            fd = open_beneath(base, raw)
        except PermissionError:
            return False
    try:
        # A writer who comes while we hold the lease would kill us with SIGIO; SIGURG is ignored by default.
        fcntl.fcntl(fd, _F_SETSIG, signal.SIGURG)
        fcntl.fcntl(fd, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(fd, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except OSError as error:
        return error.errno == errno.EAGAIN
    finally:
        os.close(fd)
    return False
