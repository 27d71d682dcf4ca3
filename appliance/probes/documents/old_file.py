"""What the walks of old office files share: a stream within bounds, and the ways of not being able to read on."""

from __future__ import annotations

from typing import Any

import olefile

_MOST_STREAM = 64 << 20  # bytes; pictures stand in streams of their own
LOCKED: dict[str, Any] = {"encrypted": True}


class Unreadable(Exception):
    """The message says why in Chinese, for `undetermined`."""


def stream(old: olefile.OleFileIO, name: str, most: int = _MOST_STREAM) -> bytes:
    """All of a stream. Raises `Unreadable` when it is not there or too long."""
    if not old.exists(name):
        raise Unreadable("旧格式的文件缺了一部分，读不出来")
    if old.get_size(name) > most:
        raise Unreadable("旧格式的文件太大，没有读")
    with old.openstream(name) as data:
        return bytes(data.read())
