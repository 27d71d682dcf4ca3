"""What copying, recording and renaming do to files: cut off, zeroed, damaged, turned inside out."""

from __future__ import annotations

import random
import shutil
import struct
from collections.abc import Callable
from pathlib import Path

Harm = Callable[[Path], None]


def harmed(source: Path, harm: Harm, path: Path) -> None:
    """A copy of `source` at `path`, then `harm`."""
    shutil.copyfile(source, path)
    harm(path)


def cut(share: float) -> Harm:
    """Only the first `share` of the bytes arrived."""

    def harm(path: Path) -> None:
        with path.open("r+b") as file:
            file.truncate(int(path.stat().st_size * share))

    return harm


def zero(start: float, count: int) -> Harm:
    """`count` bytes of zeros from `start` (a share of the file) on: sectors that were never written."""

    def harm(path: Path) -> None:
        with path.open("r+b") as file:
            file.seek(int(path.stat().st_size * start))
            file.write(bytes(min(count, path.stat().st_size - file.tell())))

    return harm


def zero_tail(share: float) -> Harm:
    def harm(path: Path) -> None:
        zero(1 - share, path.stat().st_size)(path)

    return harm


def noise(start: float, count: int, seed: int = 7) -> Harm:
    """`count` bytes of something else from `start` on: a worn stick."""

    def harm(path: Path) -> None:
        with path.open("r+b") as file:
            file.seek(int(path.stat().st_size * start))
            file.write(random.Random(seed).randbytes(count))

    return harm


def without_box(kind: bytes) -> Harm:
    """The box of that kind is called `free`: an index that was never written."""

    def harm(path: Path) -> None:
        at = find_box(path, kind)
        with path.open("r+b") as file:
            file.seek(at + 4)
            file.write(b"free")

    return harm


def box_size(kind: bytes, size: int) -> Harm:
    def harm(path: Path) -> None:
        at = find_box(path, kind)
        with path.open("r+b") as file:
            file.seek(at)
            file.write(struct.pack(">I", size))

    return harm


def grown(size: int) -> Harm:
    """Filled up to `size` bytes by a box that players skip; sparse on disk."""

    def harm(path: Path) -> None:
        there = path.stat().st_size
        with path.open("r+b") as file:
            file.seek(there)
            file.write(struct.pack(">I4sQ", 1, b"free", size - there))
            file.truncate(size)

    return harm


def after(more: bytes) -> Harm:
    def harm(path: Path) -> None:
        with path.open("ab") as file:
            file.write(more)

    return harm


def find_box(path: Path, kind: bytes) -> int:
    """Offset of the first box of that kind at the top level."""
    data, at = path.read_bytes(), 0
    while at + 8 <= len(data):
        size, found = struct.unpack(">I4s", data[at : at + 8])
        if found == kind:
            return at
        at += size or len(data)
    raise ValueError(kind)
