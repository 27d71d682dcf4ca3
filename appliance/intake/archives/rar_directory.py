"""The headers of a rar, walked by ourselves for what libarchive leaves open: the checksum of a stored member (its
readers of both generations pass a flipped bit), parts of several, and passwords.

RAR 4: blocks of fixed fields, little-endian. RAR 5: numbers of variable length, 7 bits a byte, low first. The bytes
of the members are stepped over.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from appliance.intake.archives.limits import DAMAGED, PARTS, PASSWORD, Limits, Refused, check_count

Sums = list[int | None]
"""CRC32 of each file in order, folders left out; None where the archive keeps another sort of checksum."""
_MOST_HEADER = 2 << 20
_MAIN4, _FILE4, _END4 = 0x73, 0x74, 0x7B
_BLOCK4, _MEMBER4 = struct.Struct("<HBHH"), struct.Struct("<LLBLLBBHL")
_MAIN5, _FILE5, _LOCK5, _END5 = 1, 2, 4, 5
_EXTRA, _DATA, _SPLIT5 = 0x1, 0x2, 0x18


def sums(form: str, file: BinaryIO, size: int, limits: Limits) -> Sums:
    """`form`: rar or rar5. Raises `Refused`."""
    found: Sums = []
    for one in {"rar": _rar4, "rar5": _rar5}[form](file, size):
        found.append(one)
        check_count(len(found), limits)
    return found


def _rar4(file: BinaryIO, size: int) -> Iterator[int | None]:
    at = 7
    while at < size:
        head = _read(file, at, _BLOCK4.size)
        check, kind, flags, length = _BLOCK4.unpack(head)
        if length < _BLOCK4.size:
            raise Refused(DAMAGED)
        head = _read(file, at, length)
        if kind == _MAIN4:
            _refuse(parts=bool(flags & 0x1), locked=bool(flags & 0x80))
        if zlib.crc32(head[2:]) & 0xFFFF != check and kind in (_MAIN4, _FILE4):
            raise Refused(DAMAGED)
        at += length
        if kind == _FILE4:
            _refuse(parts=bool(flags & 0x3), locked=bool(flags & 0x4))
            packed, crc = _member4(head, flags)
            at += packed
            if flags & 0xE0 != 0xE0:  # not a folder
                yield crc
        elif kind == _END4:
            return
        elif flags & 0x8000:
            at += struct.unpack_from("<L", head, 7)[0] if len(head) >= 11 else 0


def _member4(head: bytes, flags: int) -> tuple[int, int]:
    """(packed bytes, CRC32)."""
    if len(head) < _BLOCK4.size + _MEMBER4.size + 8 * bool(flags & 0x100):
        raise Refused(DAMAGED)
    packed, _, _, crc, *_ = _MEMBER4.unpack_from(head, _BLOCK4.size)
    if flags & 0x100:
        packed += struct.unpack_from("<L", head, _BLOCK4.size + _MEMBER4.size)[0] << 32
    return packed, crc


def _rar5(file: BinaryIO, size: int) -> Iterator[int | None]:
    at = 8
    while at < size:
        start = _read(file, at, min(7, size - at))
        length, first = _number(start, 4)
        head = _read(file, at, first + min(length, _MOST_HEADER))
        if zlib.crc32(head[4:]) != struct.unpack_from("<L", head)[0]:
            raise Refused(DAMAGED)
        kind, here = _number(head, first)
        flags, here = _number(head, here)
        extra, here = _number(head, here) if flags & _EXTRA else (0, here)
        data, here = _number(head, here) if flags & _DATA else (0, here)
        _refuse(parts=bool(flags & _SPLIT5) and kind == _FILE5, locked=kind == _LOCK5)
        if kind == _MAIN5:
            _refuse(parts=bool(_number(head, here)[0] & 0x1), locked=False)
        elif kind == _FILE5:
            _refuse(parts=False, locked=_has_lock(head, len(head) - extra))
            folder, crc = _member5(head, here)
            if not folder:
                yield crc
        elif kind == _END5:
            return
        at += len(head) + data


def _member5(head: bytes, at: int) -> tuple[bool, int | None]:
    """(whether a folder, CRC32)."""
    flags, at = _number(head, at)
    for _ in ("size", "attributes"):
        _, at = _number(head, at)
    at += 4 * bool(flags & 0x2)  # a time
    if not flags & 0x4:
        return bool(flags & 0x1), None
    return bool(flags & 0x1), int.from_bytes(head[at : at + 4], "little")


def _has_lock(head: bytes, at: int) -> bool:
    """Whether one of a member's extra records says how it is encrypted."""
    while 0 < at < len(head):
        length, at = _number(head, at)
        if _number(head, at)[0] == 1:
            return True
        at += max(length, 1)
    return False


def _number(head: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while at < len(head) and shift < 64:
        byte = head[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if not byte & 0x80:
            return value, at
    raise Refused(DAMAGED)


def _read(file: BinaryIO, at: int, count: int) -> bytes:
    file.seek(at)
    got = file.read(count)
    if len(got) != count or not count:
        raise Refused(DAMAGED)
    return got


def _refuse(*, parts: bool, locked: bool) -> None:
    if parts:
        raise Refused(PARTS)
    if locked:
        raise Refused(PASSWORD)
