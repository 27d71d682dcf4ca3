"""RAR archives by the public description of the format, members stored and not packed: no tool on a free system
writes rar, and what we test is how the box reads it. RAR 4 (1993–2013) and RAR 5.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping

VOLUME, LOCKED = 0x0001, 0x0080  # flags of the main header of RAR 4
_END4 = bytes.fromhex("c43d7b00400700")


def rar4(files: Mapping[bytes, bytes], flags: int = 0, mode: int = 0o100644, damage: bool = False) -> bytes:
    """`files`: raw names, as in a rar from Windows in China (GBK without a mark)."""
    members = b"".join(_member4(name, content, mode, damage) for name, content in files.items())
    return b"Rar!\x1a\x07\x00" + _block4(0x73, flags, bytes(6)) + members + _END4


def _member4(name: bytes, content: bytes, mode: int, damage: bool) -> bytes:
    crc = zlib.crc32(content) ^ damage
    fields = struct.pack("<LLBLLBBHL", len(content), len(content), 3, crc, 0x58A0_6000, 20, 0x30, len(name), mode)
    return _block4(0x74, 0x8000, fields + name) + content


def _block4(kind: int, flags: int, fields: bytes) -> bytes:
    body = struct.pack("<BHH", kind, flags, 7 + len(fields)) + fields
    return struct.pack("<H", zlib.crc32(body) & 0xFFFF) + body


def rar5(files: Mapping[str, bytes], archive_flags: int = 0, link: str = "", damage: bool = False) -> bytes:
    """`link`: the first member is a symbolic link to there."""
    main = _block5(1, 0, _number(archive_flags) + (_number(1) if archive_flags & 2 else b""))
    members = b"".join(_member5(name, content, link, damage) for name, content in files.items())
    return b"Rar!\x1a\x07\x01\x00" + main + members + _block5(5, 0, _number(0))


def locked5() -> bytes:
    """Its list of names is encrypted: the first header says with what."""
    return b"Rar!\x1a\x07\x01\x00" + _block5(4, 0, _number(0) + _number(0) + bytes([15]) + bytes(16)) + bytes(64)


def _member5(name: str, content: bytes, link: str, damage: bool) -> bytes:
    raw = name.encode()
    extra = b""
    if link:
        record = _number(5) + _number(1) + _number(0) + _number(len(link)) + link.encode()
        extra = _number(len(record)) + record
    fields = (
        _number(0x4)  # with CRC32
        + _number(len(content)) + _number(0o100644) + struct.pack("<L", zlib.crc32(content) ^ damage)
        + _number(0) + _number(1) + _number(len(raw)) + raw
    )  # fmt: skip
    return _block5(2, 0x2, fields, len(content), extra) + content


def _block5(kind: int, flags: int, fields: bytes, data: int = 0, extra: bytes = b"") -> bytes:
    flags |= 0x1 if extra else 0
    sizes = (_number(len(extra)) if extra else b"") + (_number(data) if flags & 0x2 else b"")
    body = _number(kind) + _number(flags) + sizes + fields + extra
    sized = _number(len(body)) + body
    return struct.pack("<L", zlib.crc32(sized)) + sized


def _number(value: int) -> bytes:
    out = bytearray()
    while True:
        value, low = value >> 7, value & 0x7F
        out.append(low | (0x80 if value else 0))
        if not value:
            return bytes(out)
