"""Reads the directory of a zip archive, strictly: what two readers could read differently is refused.

Python's `zipfile` forgives prepended data, overlapping members and headers that disagree; each of these has
hidden one file behind another. Here the central directory and every local header must say the same, members
must lie one behind the other, and the end record must stand once, at the end (H1, H2, H3).
"""

from __future__ import annotations

import re
import stat
import struct
import zlib
from dataclasses import dataclass
from typing import BinaryIO

from appliance.intake import names

STORED, DEFLATED = 0, 8
_END = struct.Struct("<4s4H2LH")
_END64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR = struct.Struct("<4sLQL")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_ENCRYPTED, _DESCRIPTOR, _UTF8 = 0x1, 0x8, 0x800
_BIG = 0xFFFFFFFF


@dataclass(frozen=True)
class Limits:
    """What an archive may ask of us: members, bytes in all, times its packed size, archives inside archives."""

    members: int = 20_000
    total: int = 200_000_000_000
    ratio: int = 200
    free_of_ratio: int = 50_000_000  # small things may shrink as they like
    nesting: int = 1
    directory: int = 32_000_000  # bytes of the directory, which is read into memory


@dataclass(frozen=True)
class Member:
    """One file in the archive. `raw`: its name as given. `start`: where its packed bytes begin."""

    raw: bytes
    name: str
    sure: bool  # whether the encoding of the name is certain
    method: int
    crc: int
    packed: int
    size: int
    header: int
    start: int = 0


class Refused(Exception):
    """A verdict on an archive, in words for the teacher; never leaves the unpacking."""


def members(file: BinaryIO, size: int, limits: Limits) -> list[Member]:
    """The files of an archive in the order of their bytes, folders left out. Raises `Refused`."""
    start, length, count = _end(file, size)
    if count > limits.members:
        raise Refused(f"压缩包里有 {count} 个文件，超过 {limits.members} 个")
    if length > limits.directory:
        raise Refused(f"压缩包的目录有 {length / 1e6:.0f} MB，不合常理")
    file.seek(start)
    found = sorted(_directory(file.read(length), count), key=lambda member: member.header)
    placed = _placed(file, found, start)
    files = [member for member in placed if not member.raw.endswith(b"/")]
    _within(files, size, limits)
    if len({member.name for member in files}) != len(files):
        raise Refused("压缩包里有重名的文件")
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
    if 0xFFFF in (here, count) or _BIG in (length, start):
        end, here, count, length, start = _end64(file, end)
    if disk or first_disk or here != count:
        raise Refused("分卷压缩包，请改成一个完整的 zip")
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


def _directory(table: bytes, count: int) -> list[Member]:
    found, at = [], 0
    for _ in range(count):
        if at + _CENTRAL.size > len(table):
            raise Refused("压缩包的目录比它自己说的短")
        fields = _CENTRAL.unpack_from(table, at)
        mark, maker, _, flags, method, _, _, crc, packed, size, n, m, k, _, _, attributes, header = fields
        if mark != b"PK\x01\x02":
            raise Refused("压缩包的目录读不出来")
        raw = table[at + _CENTRAL.size : at + _CENTRAL.size + n]
        extra = table[at + _CENTRAL.size + n : at + _CENTRAL.size + n + m]
        size, packed, header = _zip64(extra, [size, packed, header])
        name, sure = _name(raw, flags, extra)
        _check_member(name, flags, method, maker, attributes)
        found.append(Member(raw, name, sure, method, crc, packed, size, header))
        at += _CENTRAL.size + n + m + k
    if at != len(table):
        raise Refused("压缩包的目录里有多余的数据")
    return found


def _extras(extra: bytes) -> dict[int, bytes]:
    found, at = {}, 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        found[kind] = extra[at + 4 : at + 4 + length]
        at += 4 + length
    return found


def _zip64(extra: bytes, numbers: list[int]) -> list[int]:
    """Numbers that did not fit into 32 bits stand in extra field 1, in this order."""
    rest = _extras(extra).get(1, b"")
    for index, number in enumerate(numbers):
        if number == _BIG:
            if len(rest) < 8:
                raise Refused("压缩包的目录写得不对")
            numbers[index], rest = struct.unpack("<Q", rest[:8])[0], rest[8:]
    return numbers


def _name(raw: bytes, flags: int, extra: bytes) -> tuple[str, bool]:
    """The flag, then Info-ZIP's field 0x7075 when its checksum fits, then the most likely encoding (H4)."""
    field = _extras(extra).get(0x7075, b"")
    if flags & _UTF8:
        field = raw
    elif len(field) > 5 and field[0] == 1 and struct.unpack_from("<L", field, 1)[0] == zlib.crc32(raw):
        field = field[5:]
    else:
        return names.guess(raw)
    try:
        return names.composed(field.decode()), True
    except UnicodeDecodeError:
        return names.guess(raw)


def _check_member(name: str, flags: int, method: int, maker: int, attributes: int) -> None:
    parts = name.rstrip("/").split("/")
    if "\0" in name or "\\" in name or name.startswith("/") or re.match(r"[A-Za-z]:", name) or ".." in parts:
        raise Refused(f"压缩包里的路径不安全：{name!r}")
    if not name.strip("/") or len(parts) > 64:
        raise Refused("压缩包里有不能用的文件名")
    if flags & _ENCRYPTED:
        raise Refused("压缩包有密码，请去掉密码再交")
    if method not in (STORED, DEFLATED):
        raise Refused(f"压缩方法 {method} 打不开，请用系统自带的“压缩为 zip”")
    mode = attributes >> 16
    if maker >> 8 == 3 and stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise Refused(f"压缩包里有链接或设备：{name!r}")


def _placed(file: BinaryIO, found: list[Member], directory: int) -> list[Member]:
    """Members with the place of their bytes, none of which overlap."""
    placed, free = [], 0
    for member in found:
        if member.header < free or member.header + _LOCAL.size > directory:
            raise Refused("压缩包里的文件互相重叠，内容不可信")
        start = _start(file, member)
        free = start + member.packed
        if free > directory:
            raise Refused("压缩包里的文件互相重叠，内容不可信")
        placed.append(Member(**{**member.__dict__, "start": start}))
    return placed


def _start(file: BinaryIO, member: Member) -> int:
    file.seek(member.header)
    mark, _, flags, method, _, _, crc, packed, size, n, m = _LOCAL.unpack(file.read(_LOCAL.size))
    if mark != b"PK\x03\x04" or file.read(n) != member.raw or method != member.method or flags & _ENCRYPTED:
        raise Refused(f"压缩包的目录与内容对不上：{member.name!r}")
    extra = file.read(m)
    if not flags & _DESCRIPTOR:
        if _BIG in (size, packed):
            size, packed = _zip64(extra, [size, packed])
        if (crc, packed, size) != (member.crc, member.packed, member.size):
            raise Refused(f"压缩包的目录与内容对不上：{member.name!r}")
    return member.header + _LOCAL.size + n + m


def _within(files: list[Member], archive: int, limits: Limits) -> None:
    total = sum(member.size for member in files)
    if total > limits.total:
        raise Refused(f"解压后有 {total / 1e9:.1f} GB，超过 {limits.total / 1e9:.0f} GB")
    if total > limits.free_of_ratio and total > limits.ratio * archive:
        raise Refused(f"压缩包 {archive / 1e6:.1f} MB 解压成 {total / 1e6:.0f} MB，不合常理，没有解压")
    for member in files:
        if member.method == STORED and member.size != member.packed:
            raise Refused(f"压缩包里写的大小不对：{member.name!r}")
