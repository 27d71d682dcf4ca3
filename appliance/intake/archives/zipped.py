"""Reads the directory of a zip archive, strictly: what two readers could read differently is refused.

Python's `zipfile` forgives prepended data, overlapping members and headers that disagree; each of these has
hidden one file behind another. Here the central directory and every local header must say the same, members
must lie one behind the other, and the end record must stand once, at the end (H1, H2, H3).
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import BinaryIO

from appliance.intake.archives.inflate import Inflated, prove
from appliance.intake.archives.limits import PARTS, TWICE, Limits, Refused, check_count, check_total
from appliance.intake.archives.zip_directory import BIG, ENCRYPTED, STORED, Member, directory, zip64

_END = struct.Struct("<4s4H2LH")
_END64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR = struct.Struct("<4sLQL")
_LOCAL = struct.Struct("<4s5H3L2H")
_DESCRIPTOR = 0x8


class Zip:
    """`lent`: the open archive; it stays the caller's."""

    def __init__(self, lent: BinaryIO, size: int, limits: Limits) -> None:
        self.file, self.size, self.limits = lent, size, limits

    def prove(self) -> list[Member]:
        found = members(self.file, self.size, self.limits)
        for member in found:
            prove(self.file, member)
        return found

    def streams(self, proven: Sequence[Member]) -> Iterator[tuple[Member, BinaryIO]]:
        for member in proven:
            yield member, Inflated(self.file, member)  # type: ignore[misc]


def members(file: BinaryIO, size: int, limits: Limits) -> list[Member]:
    """The files of an archive in the order of their bytes, folders left out. Raises `Refused`."""
    start, length, count = _end(file, size)
    check_count(count, limits)
    if length > limits.directory:
        raise Refused(f"压缩包的目录有 {length / 1e6:.0f} MB，不合常理")
    file.seek(start)
    found = sorted(directory(file.read(length), count), key=lambda member: member.header)
    placed = _placed(file, found, start)
    files = [member for member in placed if not member.raw.endswith(b"/")]
    _within(files, size, limits)
    if len({member.name for member in files}) != len(files):
        raise Refused(TWICE)
    return files


def _end(file: BinaryIO, size: int) -> tuple[int, int, int]:
    """(offset of the directory, its length, its number of members)."""
    span = min(size, _END.size + 0xFFFF)
    file.seek(size - span)
    tail = file.read(span)
    places = [m.start() for m in re.finditer(rb"PK\x05\x06", tail) if _ends_at(tail, m.start())]
    if not places:
        raise Refused("压缩包不完整，或末尾有别的数据")
    if len(places) > 1:
        raise Refused("压缩包有两个结尾，内容不可信")
    at = places[0]
    _, disk, first_disk, here, count, length, start, _ = _END.unpack_from(tail, at)
    end = size - span + at
    if 0xFFFF in (here, count) or BIG in (length, start):
        end, here, count, length, start = _end64(file, end)
    if disk or first_disk or here != count:
        raise Refused(PARTS)
    if start + length != end:
        raise Refused("压缩包前面夹带了别的数据，内容不可信")
    return start, length, count


def _ends_at(tail: bytes, at: int) -> bool:
    if at + _END.size > len(tail):
        return False
    return at + _END.size + int(_END.unpack_from(tail, at)[-1]) == len(tail)


def _end64(file: BinaryIO, end: int) -> tuple[int, int, int, int, int]:
    if end < _LOCATOR.size + _END64.size:
        raise Refused("压缩包的结尾写得不对")
    file.seek(end - _LOCATOR.size)
    mark, _, at, _ = _LOCATOR.unpack(file.read(_LOCATOR.size))
    if mark != b"PK\x06\x07" or at + _END64.size > end:
        raise Refused("压缩包的结尾写得不对")
    file.seek(at)
    record = _END64.unpack(file.read(_END64.size))
    if record[0] != b"PK\x06\x06" or record[4] or record[5]:
        raise Refused("压缩包的结尾写得不对")
    return at, record[6], record[7], record[8], record[9]


def _placed(file: BinaryIO, found: list[Member], end: int) -> list[Member]:
    """Members with the place of their bytes, none of which overlap."""
    placed, free = [], 0
    for member in found:
        if member.header < free or member.header + _LOCAL.size > end:
            raise Refused("压缩包里的文件互相重叠，内容不可信")
        start = _start(file, member)
        free = start + member.packed
        if free > end:
            raise Refused("压缩包里的文件互相重叠，内容不可信")
        placed.append(replace(member, start=start))
    return placed


def _start(file: BinaryIO, member: Member) -> int:
    file.seek(member.header)
    mark, _, flags, method, _, _, crc, packed, size, n, m = _LOCAL.unpack(file.read(_LOCAL.size))
    if mark != b"PK\x03\x04" or file.read(n) != member.raw or method != member.method or flags & ENCRYPTED:
        raise Refused(f"压缩包的目录与内容对不上：{member.name!r}")
    extra = file.read(m)
    if not flags & _DESCRIPTOR:
        if BIG in (size, packed):
            size, packed = zip64(extra, [size, packed])
        if (crc, packed, size) != (member.crc, member.packed, member.size):
            raise Refused(f"压缩包的目录与内容对不上：{member.name!r}")
    return member.header + _LOCAL.size + n + m


def _within(files: list[Member], archive: int, limits: Limits) -> None:
    check_total(sum(member.size for member in files), archive, limits)
    for member in files:
        if member.method == STORED and member.size != member.packed:
            raise Refused(f"压缩包里写的大小不对：{member.name!r}")
