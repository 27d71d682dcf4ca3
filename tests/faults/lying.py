"""A disk that lies, by FUSE: takes every byte, says that it is safe, and gives another one back.

`python -m tests.faults.lying FOLDER MOUNT NTH`: what is read from a file that was renamed to its place has its byte NTH
changed; while it was written nothing could be seen.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import mfusepy


class Lying(mfusepy.Operations):
    use_ns = True

    def __init__(self, folder: Path, nth: int) -> None:
        self.folder, self.nth = folder, nth

    def _real(self, path: str) -> str:
        return os.path.join(self.folder, path.lstrip("/"))

    def getattr(self, path: str, fh: int | None = None) -> dict[str, Any]:
        try:
            status = os.lstat(self._real(path))
        except OSError as error:
            raise mfusepy.FuseOSError(error.errno or 5) from error
        names = ("st_mode", "st_nlink", "st_uid", "st_gid", "st_size", "st_mtime_ns", "st_ctime_ns", "st_atime_ns")
        return {name.removesuffix("_ns"): getattr(status, name) for name in names}

    def readdir(self, path: str, fh: int):  # type: ignore[no-untyped-def,override]
        return [".", "..", *sorted(os.listdir(self._real(path)))]

    def create(self, path: str, mode: int, fi: Any = None) -> int:
        return os.open(self._real(path), os.O_RDWR | os.O_CREAT | os.O_EXCL, mode)

    def open(self, path: str, flags: int) -> int:  # type: ignore[override]
        return os.open(self._real(path), flags & (os.O_RDONLY | os.O_WRONLY | os.O_RDWR))

    def read(self, path: str, size: int, offset: int, fh: int) -> bytes:
        data = bytearray(os.pread(fh, size, offset))
        if "incoming" not in path and offset <= self.nth < offset + len(data):
            data[self.nth - offset] ^= 1
        return bytes(data)

    def write(self, path: str, data: bytes, offset: int, fh: int) -> int:
        return os.pwrite(fh, data, offset)

    def fsync(self, path: str, datasync: int, fh: int) -> int:
        os.fsync(fh)
        return 0

    def rename(self, old: str, new: str) -> int:
        os.rename(self._real(old), self._real(new))
        return 0

    def unlink(self, path: str) -> int:
        os.unlink(self._real(path))
        return 0

    def mkdir(self, path: str, mode: int) -> int:
        os.mkdir(self._real(path), mode)
        return 0

    def chmod(self, path: str, mode: int) -> int:
        os.chmod(self._real(path), mode)
        return 0

    def truncate(self, path: str, length: int, fh: int | None = None) -> int:
        os.truncate(self._real(path), length)
        return 0

    def release(self, path: str, fh: int) -> int:
        os.close(fh)
        return 0

    def statfs(self, path: str) -> dict[str, int]:
        space = os.statvfs(self.folder)
        return {name: getattr(space, name) for name in ("f_bsize", "f_frsize", "f_blocks", "f_bfree", "f_bavail")}


if __name__ == "__main__":
    folder, mount = map(Path, sys.argv[1:3])
    mfusepy.FUSE(Lying(folder, int(sys.argv[3])), str(mount), foreground=True, fsname="lessonbox-lying")
