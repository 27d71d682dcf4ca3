"""Looks at what lies below a folder that strangers fill: regular files only, no link followed, bounded.

Every folder is opened through the one above it, so nothing that is swapped in meanwhile leads outside, and a
path longer than the system allows is walked all the same (H5, H12).
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from appliance.errors import SourceGone, StillChanging
from appliance.intake import ignore, names

MAX_DEPTH = 64
MAX_ENTRIES = 100_000
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


@dataclass(frozen=True)
class Seen:
    """One thing found. `raw`: path below the base. `ignored`: why it is left out, "" when it is to be taken.
    `label`: the path that it was given, where `raw` is a name of ours."""

    raw: bytes
    size: int
    mtime_ns: int = 0
    ctime_ns: int = 0
    ignored: str = ""
    label: str = ""

    def labelled(self, label: str) -> Seen:
        """What is left out is told by the given name."""
        return replace(self, label=label, ignored=ignore.reason(names.composed(label), self.size))

    @property
    def given(self) -> bytes:
        return self.label.encode() or self.raw

    @property
    def name(self) -> str:
        return names.shown(self.given)

    @property
    def stamp(self) -> tuple[int, int, int]:
        """Differs when somebody wrote to it or put another file in its place (F2, F10). Without the inode: on FAT and
        through FUSE the kernel makes it up, and makes up another one whenever it was short of memory."""
        return self.size, self.mtime_ns, self.ctime_ns


def walk(base: Path, item: bytes = b"") -> list[Seen]:
    """In the order of the names' bytes. Raises `SourceGone`, `StillChanging`."""
    with reading(base):
        fd = os.open(base, _FOLDER)
        try:
            walker = _Walker(os.fstat(fd).st_dev)
            if item:
                walker.one(fd, item, b"", 0)
            else:
                walker.folder(fd, b"", 0)
        finally:
            os.close(fd)
    return walker.found


class _Walker:
    def __init__(self, device: int) -> None:
        self.device = device
        self.found: list[Seen] = []
        self.full = False

    def folder(self, fd: int, prefix: bytes, depth: int) -> None:
        with os.scandir(fd) as listing:
            inside: list[bytes] = []
            for entry in listing:
                if len(self.found) + len(inside) >= MAX_ENTRIES:
                    self._leave(prefix, 0, f"东西太多，超过 {MAX_ENTRIES} 个，这个文件夹里其余的没有收")
                    self.full = True
                    break
                inside.append(os.fsencode(entry.name))
        for name in sorted(inside):
            self.one(fd, name, prefix, depth)

    def one(self, fd: int, name: bytes, prefix: bytes, depth: int) -> None:
        path = prefix + name
        status = os.stat(name, dir_fd=fd, follow_symlinks=False)
        if stat.S_ISDIR(status.st_mode):
            self._enter(fd, name, path, depth, status.st_dev)
        elif stat.S_ISREG(status.st_mode):
            why = ignore.reason(names.shown(path), status.st_size)
            self.found.append(Seen(path, status.st_size, status.st_mtime_ns, status.st_ctime_ns, why))
        elif stat.S_ISLNK(status.st_mode):
            self._leave(path, 0, "链接，不是文件本身")
        else:
            self._leave(path, 0, "不是普通文件")

    def _enter(self, fd: int, name: bytes, path: bytes, depth: int, device: int) -> None:
        if device != self.device:
            return self._leave(path, 0, "另一个磁盘，单独收")
        if depth + 1 >= MAX_DEPTH:
            return self._leave(path, 0, f"文件夹套得太深，超过 {MAX_DEPTH} 层")
        if self.full:
            return self._leave(path, 0, f"东西太多，超过 {MAX_ENTRIES} 个，这个文件夹没有收")
        try:
            inner = os.open(name, _FOLDER, dir_fd=fd)
        except PermissionError:
            return self._leave(path, 0, "没有读取权限")
        try:
            self.folder(inner, path + b"/", depth + 1)
        finally:
            os.close(inner)

    def _leave(self, path: bytes, size: int, why: str) -> None:
        self.found.append(Seen(path, size, ignored=why))


def open_beneath(base: Path, raw: bytes) -> int:
    """A descriptor of a regular file. Raises `OSError`, and `StillChanging` when it is none any more."""
    *folders, name = raw.split(b"/")
    fd = os.open(base, _FOLDER)
    try:
        for folder in folders:
            inner = os.open(folder, _FOLDER, dir_fd=fd)
            os.close(fd)
            fd = inner
        file = os.open(name, _FILE, dir_fd=fd)
    finally:
        os.close(fd)
    if not stat.S_ISREG(os.fstat(file).st_mode):
        os.close(file)
        raise StillChanging(f"{names.shown(raw)} 不再是普通文件")
    return file


def stamp_of(fd: int) -> tuple[int, int, int, int]:
    status = os.fstat(fd)
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


@contextmanager
def reading(base: Path) -> Iterator[None]:
    """Says what a failed look means: the drop is gone or unreadable, or somebody is at work in it."""
    try:
        yield
    except OSError as error:
        moved = error.errno in (errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.EISDIR)
        if moved and base.is_dir():
            raise StillChanging("里面的文件正在变动") from error
        raise SourceGone() from error
