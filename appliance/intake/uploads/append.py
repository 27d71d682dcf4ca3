"""A piece of a file.

1. The file is locked: two tabs with the same file take turns, and one of them hears that the offset has moved.
2. The piece must begin where the acknowledged bytes end, and not go beyond the announced size.
3. It is written, compared with its checksum, and synced; only then the row says so, and the answer follows.
On a crash before the row the same piece is sent again, over what was written; after it, the sender asks for the
offset and finds the piece there.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from appliance import failpoint
from appliance.catalog import Catalog, uploads
from appliance.errors import NotFound, StorageFull, UploadRefused
from appliance.intake.uploads import places
from appliance.station import Station

CHECKSUMS = ("sha1", "sha256", "md5")
_BLOCK = 256 * 1024


@dataclass(frozen=True)
class Checksum:
    """What the sender says of the piece; `algorithm` is one of CHECKSUMS."""

    algorithm: str
    digest: bytes


def offset(station: Station, catalog: Catalog, school: int, upload: str) -> tuple[int, int]:
    """(acknowledged bytes, announced size). Raises `NotFound`."""
    row = mine(catalog, school, upload)
    return min(row["bytes"], _there(places.path(station, row))), row["size"]


def append(
    station: Station, catalog: Catalog, school: int, upload: str, at: int, body: BinaryIO, length: int,
    checksum: Checksum | None = None,
) -> int:  # fmt: skip
    """The new offset. Raises `NotFound`, `UploadRefused` (BUSY, OFFSET, TOO_MUCH, CHECKSUM), `StorageFull`."""
    path = places.path(station, mine(catalog, school, upload))
    with _held(path) as fd:
        row = mine(catalog, school, upload)
        known = min(row["bytes"], os.fstat(fd).st_size)
        if at != known:
            raise UploadRefused(f"已经传到第 {known} 字节", code="OFFSET", remedy="会从那里接着传")
        if at + length > row["size"]:
            raise UploadRefused("传来的比登记的大小多", code="TOO_MUCH", remedy="文件可能改过，请重新选这个文件")
        os.ftruncate(fd, at)
        with no_room_said(lambda: os.ftruncate(fd, at)):
            _write(fd, body, length, checksum)
        failpoint.reached("upload.written")
        os.fsync(fd)
        failpoint.reached("upload.synced")
        with catalog.writing() as db:
            uploads.acknowledge(db, upload, at + length)
    failpoint.reached("upload.committed")
    return at + length


def end(station: Station, catalog: Catalog, school: int, upload: str) -> None:
    """The school takes the file back. Raises `NotFound`, `UploadRefused` (BUSY)."""
    row = mine(catalog, school, upload)
    with _held(places.path(station, row)):
        with catalog.writing() as db:
            uploads.remove(db, [upload])
        places.path(station, row).unlink(missing_ok=True)


def mine(catalog: Catalog, school: int, upload: str) -> Mapping[str, Any]:
    row = uploads.of_school(catalog.db, upload, school)
    if row is None:
        raise NotFound("没有这个文件", effect="什么也没有改动", remedy="请重新选这个文件")
    return row


def _write(fd: int, body: BinaryIO, length: int, checksum: Checksum | None) -> None:
    digest = hashlib.new(checksum.algorithm, usedforsecurity=False) if checksum else None
    os.lseek(fd, 0, os.SEEK_END)
    left = length
    while left and (block := body.read(min(left, _BLOCK))):
        left -= len(block)
        if digest:
            digest.update(block)
        written = 0
        while written < len(block):
            written += os.write(fd, memoryview(block)[written:])
    if left:
        raise UploadRefused("这一段没有传完", code="SHORT", remedy="会再传一次")
    if digest and checksum and digest.digest() != checksum.digest:
        raise UploadRefused("这一段在路上变了样", code="CHECKSUM", remedy="会再传一次")


@contextmanager
def _held(path: Path) -> Iterator[int]:
    """The open file, to nobody else. One that is gone (its folder lost) begins at 0 again."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o660)
    try:
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise UploadRefused("另一个窗口正在传这个文件", code="BUSY", remedy="会过一会儿再试") from None
        yield fd
    finally:
        os.close(fd)


@contextmanager
def no_room_said(undo: Any = None) -> Iterator[None]:
    """A full disk in words; `undo` frees what was written in vain."""
    try:
        yield
    except OSError as error:
        if undo:
            undo()
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise StorageFull("盒子存储空间不足", remedy="请告诉县里，过后会从断的地方接着传") from error
        raise
    except UploadRefused:
        if undo:
            undo()
        raise


def _there(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0
