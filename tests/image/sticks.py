"""Sticks as schools bring them: a file for qemu to plug in, with a lesson on it, of every kind of file system."""

from __future__ import annotations

import hashlib
import os
import subprocess
from pathlib import Path

from tests import samples
from tests.faults import sticks as real

MIB = 1 << 20
SIZE = 64
LABEL = "XUEXIAO"
KINDS = ("fat32", "exfat", "ntfs", "whole-disk")
_MOUNTED = {"exfat": "exfat-fuse", "ntfs": "ntfs-3g"}  # what this machine writes them with
_CODES = {"fat32": "c", "exfat": "7", "ntfs": "7"}


def make(kind: str, place: Path, lesson: str = "design_only", more: int = 0) -> Path:
    """A stick with one lesson; with a partition table, but for `whole-disk`. `more`: MiB that take long to copy."""
    inside, stick = place / f"{kind}.part", place / f"{kind}.img"
    samples.lay(lesson, place / "lessons")
    for number in range(more):
        (place / f"lessons/{number}.dat").write_bytes(os.urandom(MIB))
    if kind in _MOUNTED:
        real.make_image(inside, _MOUNTED[kind], SIZE, place / "lessons")
    else:
        _fat(inside, place / "lessons")
    if kind == "whole-disk":
        return inside.rename(stick)
    with stick.open("wb") as file:
        file.truncate((SIZE + 2) * MIB)
    table = f"label: dos\nstart=2048, type={_CODES[kind]}\n"
    subprocess.run(["sfdisk", "-q", stick], input=table, text=True, check=True)
    subprocess.run(["dd", f"if={inside}", f"of={stick}", "bs=1M", "seek=1", "conv=notrunc", "status=none"], check=True)
    inside.unlink()
    return stick


def of(files: Path, stick: Path, size: int = SIZE) -> Path:
    """A stick without a partition table that holds what lies in a folder; `size` in MiB."""
    _fat(stick, files, size)
    return stick


def _fat(inside: Path, lessons: Path, size: int = SIZE) -> None:
    with inside.open("wb") as file:
        file.truncate(size * MIB)
    subprocess.run(["mkfs.vfat", "-F32", "-n", LABEL, inside], check=True, stdout=subprocess.DEVNULL)
    environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "MTOOLS_SKIP_CHECK": "1"}
    subprocess.run(["mcopy", "-s", "-i", inside, *sorted(lessons.iterdir()), "::/"], check=True, env=environment)


def corrupt(place: Path) -> Path:
    """A stick whose FAT and root folder were overwritten."""
    stick = make("whole-disk", place)
    with stick.open("r+b") as file:
        file.seek(32 * 512)
        file.write(b"\xa5" * (4 * MIB))
    return stick


def digest(stick: Path) -> str:
    return hashlib.file_digest(stick.open("rb"), "sha256").hexdigest()


def cannot_make(kind: str) -> str:
    return real.cannot_mount(_MOUNTED[kind]) if kind in _MOUNTED else ""
