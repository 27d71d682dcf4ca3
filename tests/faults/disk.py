"""A disk with faults, by FUSE: shows a folder, and does to its files what a bad stick does.

`python -m tests.faults.disk FOLDER MOUNT ORDERS [cached]`: ORDERS is a JSON file that may change at any time; nothing in it, and
the disk is healthy. `cached`: the kernel may read ahead and remember, as of a real stick. Keys, all optional:
  gone: true             every call fails with EIO, as after a pull
  eio: {name: at}        reading this file fails from that byte on
  eio_list: true         listing a folder fails
  rate: n                bytes a second in all, for every reader together
  hang: seconds          each read waits so long first
  size: {name: n}        the file says that it has n bytes, whatever it has
  content: {name: text}  reads give this text, over and over, to the size of the file
"""

from __future__ import annotations

import errno
import json
import os
import sys
import threading
import time
from pathlib import Path
from typing import Any

import mfusepy


class Sick(mfusepy.Operations):
    use_ns = True

    def __init__(self, folder: Path, orders: Path) -> None:
        self.folder, self.file = folder, orders
        self.turn, self.free_at = threading.Lock(), 0.0

    def orders(self) -> dict[str, Any]:
        try:
            told = json.loads(self.file.read_bytes() or b"{}")
        except (FileNotFoundError, ValueError):  # ValueError: amid being written
            told = {}
        if told.get("gone"):
            raise mfusepy.FuseOSError(errno.EIO)
        return dict(told)

    def _real(self, path: str) -> str:
        return os.path.join(self.folder, path.lstrip("/"))

    def getattr(self, path: str, fh: int | None = None) -> dict[str, Any]:
        told = self.orders()
        try:
            status = os.lstat(self._real(path))
        except OSError as error:
            raise mfusepy.FuseOSError(error.errno or errno.EIO) from error
        names = ("st_mode", "st_nlink", "st_uid", "st_gid", "st_size", "st_mtime_ns", "st_ctime_ns", "st_atime_ns")
        shown = {name.removesuffix("_ns"): getattr(status, name) for name in names}
        shown["st_size"] = told.get("size", {}).get(path.lstrip("/"), shown["st_size"])
        return shown

    def readdir(self, path: str, fh: int):  # type: ignore[no-untyped-def,override]
        if self.orders().get("eio_list"):
            raise mfusepy.FuseOSError(errno.EIO)
        return [".", "..", *sorted(os.listdir(self._real(path)))]

    def open(self, path: str, flags: int) -> int:  # type: ignore[override]
        self.orders()
        return os.open(self._real(path), os.O_RDONLY)

    def read(self, path: str, size: int, offset: int, fh: int) -> bytes:
        told, name = self.orders(), path.lstrip("/")
        time.sleep(told.get("hang", 0))
        if offset + size > told.get("eio", {}).get(name, 1 << 62):
            raise mfusepy.FuseOSError(errno.EIO)
        if rate := told.get("rate"):
            self._wait(size / rate)
        if text := told.get("content", {}).get(name, "").encode():
            size = max(0, min(size, os.fstat(fh).st_size - offset))
            start = offset % len(text)
            return (text * (size // len(text) + 2))[start : start + size]
        return os.pread(fh, size, offset)

    def _wait(self, seconds: float) -> None:
        """One stick, one bus: readers stand in a row."""
        with self.turn:
            begin = max(time.monotonic(), self.free_at)
            self.free_at = begin + seconds
        time.sleep(max(0.0, begin + seconds - time.monotonic()))

    def release(self, path: str, fh: int) -> int:
        os.close(fh)
        return 0


if __name__ == "__main__":
    folder, mount, orders = map(Path, sys.argv[1:4])
    cached = sys.argv[4:] == ["cached"]
    mfusepy.FUSE(
        Sick(folder, orders), str(mount), foreground=True, ro=True, nosuid=True, nodev=True, fsname="lessonbox-sick",
        direct_io=not cached, attr_timeout=int(cached), entry_timeout=int(cached), max_read=131072,
    )  # fmt: skip
