"""The central directory of a zip archive: its rows as members, each with a name that leads nowhere outside.

What one row says about its neighbours and about the bytes is judged in `zipped`.
"""

from __future__ import annotations

import stat
import struct
import zlib
from dataclasses import dataclass

from appliance.intake import names
from appliance.intake.archives.limits import LINK, PASSWORD, Refused, check_path

STORED, DEFLATED = 0, 8
ENCRYPTED, _UTF8 = 0x1, 0x800
BIG = 0xFFFFFFFF
_CENTRAL = struct.Struct("<4s6H3L5H2L")


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


def directory(table: bytes, count: int) -> list[Member]:
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
        size, packed, header = zip64(extra, [size, packed, header])
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


def zip64(extra: bytes, numbers: list[int]) -> list[int]:
    """Numbers that did not fit into 32 bits stand in extra field 1, in this order."""
    rest = _extras(extra).get(1, b"")
    for index, number in enumerate(numbers):
        if number == BIG:
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
    check_path(name)
    if flags & ENCRYPTED:
        raise Refused(PASSWORD)
    if method not in (STORED, DEFLATED):
        raise Refused(f"压缩方法 {method} 打不开，请用系统自带的“压缩为 zip”")
    mode = attributes >> 16
    if maker >> 8 == 3 and stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise Refused(LINK.format(name=name))
