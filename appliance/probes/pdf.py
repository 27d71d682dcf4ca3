"""A PDF: is its end there, is it protected. What stands in it is for a person to read."""

from __future__ import annotations

from typing import Any, BinaryIO

_TAIL = 64 * 1024


def look(file: BinaryIO, size: int) -> dict[str, Any]:
    file.seek(max(0, size - _TAIL))
    tail = file.read(_TAIL)
    ok = b"%%EOF" in tail and b"startxref" in tail
    says = "" if ok else "PDF 不完整，缺少结尾"
    return {"whole": {"ok": ok, "says": says}, "protected": b"/Encrypt" in tail}
