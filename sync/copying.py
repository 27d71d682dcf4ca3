"""Bytes from one folder to another, their hash checked on the way, durable before the next step."""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
from io import FileIO
from pathlib import Path

from appliance.errors import StorageFull
from appliance.store.files import CHUNK
from sync.bag import open_regular

_FICLONE = 0x40049409  # linux/fs.h: share the extents where the file system can (btrfs, xfs)
_NO_CLONE = {errno.EOPNOTSUPP, errno.EXDEV, errno.EINVAL, errno.ENOTTY, errno.ENOSYS, errno.EPERM}


class OtherBytes(ValueError):
    """What was read is not what was promised."""


def copy(source: Path, target: Path, sha256: str, mode: int = 0o440) -> int:
    """Copies (or shares) `source` to a new file and returns its size. Raises `OtherBytes`, `OSError`,
    `StorageFull`; then the target is left for the caller's clean-up of the whole folder."""
    target.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
    try:
        with os.fdopen(open_regular(source), "rb", buffering=0) as reader, target.open("xb+", buffering=0) as out:
            os.fchmod(out.fileno(), mode)
            digest, size = _clone(out) if _cloned(reader.fileno(), out.fileno()) else _copy(reader, out)
            stamp(out.fileno(), sha256)
            os.fsync(out.fileno())
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise StorageFull() from error
        raise
    if digest != sha256:
        raise OtherBytes(source.name)
    return size


def write(target: Path, data: bytes, mode: int = 0o440) -> None:
    with target.open("xb") as out:
        os.fchmod(out.fileno(), mode)
        out.write(data)
        out.flush()
        stamp(out.fileno(), hashlib.sha256(data).hexdigest())
        os.fsync(out.fileno())


def stamp(fd: int, sha256: str) -> None:
    """The time of change is derived from the hash: rsync compares size and time, which so compares content,
    whatever clocks and FAT's two seconds do. Between 1980 and 2048, even."""
    seconds = 315532800 + (int(sha256[:8], 16) & 0x7FFFFFFE)
    os.utime(fd, (seconds, seconds))


def sync_tree(root: Path) -> None:
    """Makes every name below `root` durable."""
    for folder, _folders, _files in os.walk(root, topdown=False):
        fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)


def _cloned(source: int, target: int) -> bool:
    try:
        fcntl.ioctl(target, _FICLONE, source)
    except OSError as error:
        if error.errno in _NO_CLONE:
            return False
        raise
    return True


def _clone(out: FileIO) -> tuple[str, int]:
    out.seek(0)
    return hashlib.file_digest(out, "sha256").hexdigest(), os.fstat(out.fileno()).st_size


def _copy(reader: FileIO, out: FileIO) -> tuple[str, int]:
    sha, size = hashlib.sha256(), 0
    buffer = memoryview(bytearray(CHUNK))
    while count := reader.readinto(buffer):
        sha.update(buffer[:count])
        written = 0
        while written < count:
            written += out.write(buffer[written:count])
        size += count
    return sha.hexdigest(), size
