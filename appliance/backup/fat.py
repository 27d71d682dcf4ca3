"""Writing to disks that were formatted elsewhere: FAT32, exFAT, NTFS, ext4. No rights are set; a file system that
cannot sync a folder (some FUSE helpers) is not asked twice."""

from __future__ import annotations

import errno
import hashlib
import os
from pathlib import Path
from typing import BinaryIO

from appliance.store.files import drop_cache

_CANNOT = {errno.EINVAL, errno.ENOTSUP, errno.ENOTTY, errno.ENOSYS}


def write_all(out: BinaryIO, data: bytes) -> None:
    """`out` is unbuffered, and a disk may take less than it was given."""
    view = memoryview(data)
    while view:
        view = view[out.write(view) :]


def sync(path: Path) -> None:
    fd = os.open(path, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def sync_folder(folder: Path) -> None:
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(fd)
    except OSError as error:
        if error.errno not in _CANNOT:
            raise
    finally:
        os.close(fd)


def digest(path: Path) -> str:
    """SHA-256 of a file as the medium has it."""
    with path.open("rb") as file:
        drop_cache(file.fileno())
        return hashlib.file_digest(file, "sha256").hexdigest()


def same(path: Path, data: bytes) -> bool:
    """Whether the medium gives back these bytes."""
    with path.open("rb", buffering=0) as file:
        drop_cache(file.fileno())
        return file.read() == data


def put(path: Path, data: bytes) -> bool:
    """Whole under its name, read back; False when the medium has other bytes."""
    temporary = path.with_name(path.name + ".new")
    with temporary.open("wb", buffering=0) as out:
        write_all(out, data)
        os.fsync(out.fileno())
    if not same(temporary, data):
        return False
    os.replace(temporary, path)
    sync_folder(path.parent)
    return True
