"""A copy on its way into the store: one pass, locked while its writer lives, the reason told when there is no room."""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from appliance import failpoint
from appliance.errors import StorageFull
from appliance.model import Blob
from appliance.store.files import CHUNK
from appliance.store.partial import PIECE, Partial

Progress = Callable[[int], None]
"""Called with the number of bytes just copied."""


@dataclass
class Written:
    """Bytes that are copied and not yet safe; or the `blob` that they are known to be."""

    path: Path = Path()
    out: Any = None  # open and locked until it is finished or dropped
    kept: Partial | None = None
    digest: Any = field(default_factory=hashlib.sha256)
    size: int = 0
    blob: Blob | None = None


_NO_ROOM = {28, 122}  # ENOSPC, EDQUOT


def being_written(temporary: Path) -> bool:
    """The writer's lock ends with the writer, however that ends."""
    with temporary.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


@contextmanager
def no_room_told(source: BinaryIO | None = None) -> Iterator[None]:
    """What the store's own file system says of its room."""
    try:
        yield
    except OSError as error:
        if error.errno in _NO_ROOM and error.filename != getattr(source, "name", object()):
            raise StorageFull() from error
        raise


def begun(path: Path) -> BinaryIO:
    """Locked, so that no sweep takes it for a leftover."""
    with no_room_told():
        out = path.open("xb", buffering=0)
    os.fchmod(out.fileno(), 0o440)
    fcntl.flock(out, fcntl.LOCK_EX)
    return out  # type: ignore[return-value]


def copy(written: Written, source: BinaryIO, progress: Progress) -> None:
    """Reads never cross a piece of the ledger, so it sees each of its ends."""
    out, kept = written.out, written.kept
    if kept:
        written.digest, written.size = kept.begin(out), kept.at
        source.seek(kept.at)
        progress(kept.at)
    buffer = memoryview(bytearray(CHUNK))
    while count := source.readinto(buffer[: PIECE - written.size % PIECE]):  # type: ignore[attr-defined]
        chunk = buffer[:count]
        written.digest.update(chunk)
        done = 0
        while done < count:
            done += out.write(chunk[done:])
        written.size += count
        if kept:
            kept.wrote(written.size, written.digest)
        progress(count)
    failpoint.reached("store.written")
