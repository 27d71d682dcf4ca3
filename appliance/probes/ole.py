"""An OLE file: an old Word, PowerPoint or Excel document, or a new one locked with a password.

The streams' names tell which; they stand in the directory as UTF-16, so they are looked for there.
"""

from __future__ import annotations

from typing import Any, BinaryIO

_CHUNK, _MOST, _OVERLAP = 1 << 20, 256 << 20, 128
_NAMES = (
    ("EncryptedPackage", "ole", True), ("WordDocument", "doc", False), ("PowerPoint Document", "ppt", False),
    ("Workbook", "xls", False), ("WpsContent", "wps", False),
)  # fmt: skip


def look(file: BinaryIO, size: int) -> dict[str, Any]:
    """`{"type": doc|ppt|xls|wps|ole, "encrypted"}`"""
    found: set[str] = set()
    file.seek(0)
    before = b""
    for _ in range(_MOST // _CHUNK):
        chunk = file.read(_CHUNK)
        if not chunk:
            break
        window = before + chunk
        found.update(name for name, _, _ in _NAMES if name.encode("utf-16-le") in window)
        before = chunk[-_OVERLAP:]
    for name, kind, encrypted in _NAMES:
        if name in found:
            return {"type": kind, "encrypted": encrypted}
    return {"type": "ole", "encrypted": False}
