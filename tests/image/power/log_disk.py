"""A disk that writes down every write and every flush: one file in a FUSE file system, for a loop device to lie on.

`python -m tests.image.power.log_disk DISK LOG MOUNT`. What the kernel sends to the disk passes here in its order, so
that a power cut can be put anywhere afterwards (replay.py). Records: kind, offset, length (1, 8 and 4 bytes), bytes.
"""

from __future__ import annotations

import os
import stat
import struct
import sys
from typing import Any

import mfusepy

RECORD = struct.Struct("<cQI")
WRITE, FLUSH = b"w", b"f"
_NAME = "/disk"


class LogDisk(mfusepy.Operations):
    use_ns = True

    def __init__(self, disk: str, log: str) -> None:
        self._disk = os.open(disk, os.O_RDWR)
        self._size = os.fstat(self._disk).st_size
        self._log = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)

    def getattr(self, path: str, fh: Any = None) -> dict[str, int]:
        if path == "/":
            return {"st_mode": stat.S_IFDIR | 0o755, "st_nlink": 2}
        if path != _NAME:
            raise mfusepy.FuseOSError(2)
        return {"st_mode": stat.S_IFREG | 0o600, "st_nlink": 1, "st_size": self._size}

    def readdir(self, path: str, fh: Any) -> list[str]:
        return [".", "..", _NAME[1:]]

    def open(self, path: str, flags: int) -> int:
        return 0

    def read(self, path: str, size: int, offset: int, fh: Any) -> bytes:
        return os.pread(self._disk, size, offset)

    def write(self, path: str, data: bytes, offset: int, fh: Any) -> int:
        os.pwrite(self._disk, data, offset)
        os.write(self._log, RECORD.pack(WRITE, offset, len(data)) + data)
        return len(data)

    def fsync(self, path: str, datasync: int, fh: Any) -> int:
        os.write(self._log, RECORD.pack(FLUSH, 0, 0))
        return 0

    def flush(self, path: str, fh: Any) -> int:
        return 0  # closing a file is no promise


if __name__ == "__main__":
    mfusepy.FUSE(LogDisk(*sys.argv[1:3]), sys.argv[3], foreground=True, nothreads=True, direct_io=True)
