"""An image's size in pixels and whether its end is there. No pixel is decoded."""

from __future__ import annotations

import struct
from typing import Any, BinaryIO

_TAIL = 64 * 1024
_SIZES = frozenset((0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB))


def look(file: BinaryIO, size: int) -> dict[str, Any]:
    """`{"width", "height", "whole"}`; sizes are `None` for formats whose header is not read here."""
    head = file.read(32)
    file.seek(max(0, size - _TAIL))
    tail = file.read(_TAIL)
    if head.startswith(b"\x89PNG"):
        width, height = struct.unpack(">II", head[16:24]) if len(head) >= 24 else (None, None)
        return _answer(width, height, b"IEND" in tail)
    if head.startswith(b"\xff\xd8"):
        width, height = _jpeg(file)
        return _answer(width, height, b"\xff\xd9" in tail)
    if head.startswith(b"GIF") and len(head) >= 10:
        width, height = struct.unpack("<HH", head[6:10])
        return _answer(width, height, True)
    if head.startswith(b"BM") and len(head) >= 26:
        width, height = struct.unpack("<ii", head[18:26])
        return _answer(width, abs(height), True)
    return _answer(None, None, True)


def _answer(width: int | None, height: int | None, ok: bool) -> dict[str, Any]:
    return {
        "width": width,
        "height": height,
        "whole": {"ok": ok, "says": "" if ok else "图片不完整，缺少结尾"},
    }


def _jpeg(file: BinaryIO) -> tuple[int | None, int | None]:
    file.seek(2)
    for _ in range(1000):
        marker = file.read(4)
        if len(marker) < 4 or marker[0] != 0xFF:
            break
        if marker[1] in _SIZES:
            height, width = struct.unpack(">xHH", file.read(5).ljust(5, b"\0"))
            return width, height
        file.seek(struct.unpack(">H", marker[2:4])[0] - 2, 1)
    return None, None
