"""Is a file whole? Decided from its structure alone, with a few bounded reads; safe on hostile sizes.

MP4/MOV: the boxes must fill the file exactly and end in neither the middle of a box nor in zeros. Zip, docx,
pptx: the end record must stand at the end and point at a directory that is there. What is neither is whole as
far as structure can tell. Only hashes from the teacher's machine prove the bytes themselves.
"""

from __future__ import annotations

import os
import stat
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

_MOST_BOXES = 100_000  # a fragmented hour has about 7,200
_TAIL = 64 * 1024
_ZIP_END = 22  # bytes of the end record without its comment
_FIRST_BOXES = (b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"pnot")


@dataclass(frozen=True)
class Whole:
    """`says` is empty when `ok`, else a short Chinese sentence for the person who brought the file."""

    ok: bool
    says: str = ""


@dataclass(frozen=True)
class Box:
    """A box of an MP4: its type, where its content starts, and where it ends (both in bytes of the file)."""

    kind: bytes
    start: int
    end: int


@contextmanager
def regular(path: Path) -> Iterator[tuple[BinaryIO, int]]:
    """The open file and its size. Raises `OSError` for what is no regular file (FIFO, link, device)."""
    if not stat.S_ISREG(os.lstat(path).st_mode):
        raise OSError(f"不是普通文件：{path.name}")
    fd = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(fd, "rb") as file:
        status = os.fstat(fd)
        if not stat.S_ISREG(status.st_mode):
            raise OSError(f"不是普通文件：{path.name}")
        yield file, status.st_size


def whole(path: Path) -> Whole:
    """Raises `OSError` when the file cannot be read at all."""
    with regular(path) as (file, size):
        if size == 0:
            return Whole(False, "文件是空的，0 字节")
        head = file.read(16)
        if looks_like_mp4(head):
            return mp4_whole(file, size)
        if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
            return _zip_whole(file, size)
        if head.count(0) == len(head) and path.suffix.lower() in (".mp4", ".mov", ".docx", ".pptx", ".zip"):
            return Whole(False, "文件开头全是空数据，多半没有拷完")
    return Whole(True)


def looks_like_mp4(head: bytes) -> bool:
    return len(head) >= 8 and head[4:8] in _FIRST_BOXES


def boxes(file: BinaryIO, start: int, end: int) -> Iterator[Box]:
    """The boxes between two offsets, in order. Stops at the first that makes no sense; what is claimed beyond
    `end` is yielded with the claimed end, so that the caller sees the overrun."""
    at, count = start, 0
    while at + 8 <= end and count < _MOST_BOXES:
        file.seek(at)
        header = file.read(16)
        if len(header) < 8:
            return
        size, kind = struct.unpack(">I4s", header[:8])
        body = at + 8
        if size == 1 and len(header) == 16:
            size, body = struct.unpack(">Q", header[8:])[0], at + 16
        elif size == 0:  # to the end of the file
            size = end - at
        if size < body - at:
            return
        yield Box(kind, body, at + size)
        at, count = at + size, count + 1


def mp4_whole(file: BinaryIO, size: int) -> Whole:
    seen: set[bytes] = set()
    reached = 0
    for box in boxes(file, 0, size):
        if box.end > size:
            return Whole(False, f"视频不完整，收到 {_mb(size)}，应有约 {_mb(box.end)}" if box.end < 1 << 42
                         else "视频结构损坏，长度写得不对")  # fmt: skip
        if not _plausible(box.kind):
            break
        seen.add(box.kind)
        reached = box.end
    if b"moov" not in seen:
        return Whole(False, "视频不完整，缺少索引部分，多半没有录完或没有拷完")
    if not seen & {b"mdat", b"moof"}:
        return Whole(False, "视频不完整，没有画面数据")
    if reached != size and not _padding(file, reached, size):
        return Whole(False, "视频结构损坏，后面有读不懂的数据")
    if _zero_tail(file, size):
        return Whole(False, "视频末尾是空数据，多半没有拷完")
    return Whole(True)


def _plausible(kind: bytes) -> bool:
    return all(32 <= byte < 127 or byte == 0xA9 for byte in kind)


def _padding(file: BinaryIO, reached: int, size: int) -> bool:
    """Up to a few zero bytes behind the last box: some recorders leave them, and nothing is missing."""
    file.seek(reached)
    return reached > 0 and size - reached < 8 and not any(file.read(8))


def _zero_tail(file: BinaryIO, size: int) -> bool:
    """The last 64 KiB all zero inside `mdat`, or where `moov` should end: space that was reserved, not filled."""
    for box in boxes(file, 0, size):
        if box.kind not in (b"mdat", b"moov") or box.end - box.start < _TAIL:
            continue
        file.seek(box.end - _TAIL)
        if not any(file.read(_TAIL)):
            return True
    return False


def _zip_whole(file: BinaryIO, size: int) -> Whole:
    span = min(size, _ZIP_END + 0xFFFF)
    file.seek(size - span)
    tail = file.read(span)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or at + _ZIP_END > len(tail):
        return Whole(False, "压缩包或文档不完整，缺少结尾，多半没有拷完")
    length, offset = struct.unpack("<II", tail[at + 12 : at + 20])
    if 0xFFFFFFFF in (length, offset):  # zip64: the true numbers stand in another record
        return Whole(True)
    directory = size - span + at - length
    if directory < 0 or offset > directory:
        return Whole(False, "压缩包或文档损坏，目录不在应在的位置")
    file.seek(directory)
    if length and file.read(4) != b"PK\x01\x02":
        return Whole(False, "压缩包或文档损坏，目录读不出来")
    return Whole(True)


def _mb(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"
