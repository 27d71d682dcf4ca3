"""收件台's one big state, out of all drops: what the person before the box should do now.

正在复制 outranks 有问题: pulling a stick amid a copy costs more than reading a message a minute later.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from web.words import SOURCES, Word

Row = Mapping[str, Any]

BUSY = frozenset({"waiting", "settling", "copying"})
WAITING = Word("等待插入", "calm", "plug")
COPYING = Word("正在复制，勿拔", "busy", "copy")
REMOVABLE = Word("可以拔出", "good", "check")
TROUBLE = Word("有问题", "bad", "warn")
STATES = {
    "waiting": Word("等待开始", "calm", "clock"),
    "settling": Word("等文件写完", "busy", "clock"),
    "copying": Word("正在复制", "busy", "copy"),
    "done": Word("已收完", "good", "check"),
    "trouble": Word("有问题", "bad", "warn"),
    "gone": Word("已拔出", "calm", "minus"),
}


@dataclass(frozen=True)
class Drop:
    """One drop for the screen. `left`: seconds until the copy ends, None when unknown."""

    row: Row
    word: Word
    source: str
    left: float | None

    @property
    def share(self) -> int:
        total = self.row["bytes_total"]
        return min(100, round(100 * self.row["bytes_done"] / total)) if total else 0


def drops_shown(rows: Sequence[Row], read: Mapping[int, str]) -> list[Row]:
    """Present sticks, shares at work, and any trouble that nobody has read yet (it stays after the stick left)."""
    return [row for row in rows if _stick(row) or _at_work(row) or _unread(row, read)]


def big_state(rows: Sequence[Row], read: Mapping[int, str]) -> Word:
    """Of drops as `drops_shown` returned them."""
    if any(_copying(row) for row in rows):
        return COPYING
    if any(_unread(row, read) for row in rows):
        return TROUBLE
    if any(_stick(row) for row in rows):
        return REMOVABLE
    return WAITING


def for_screen(row: Row, left: float | None) -> Drop:
    word = STATES.get(row["state"], Word(str(row["state"]), "calm", "dot"))
    return Drop(row, word, SOURCES.get(row["kind"], str(row["kind"])), left)


def _stick(row: Row) -> bool:
    return bool(row["present"]) and row["kind"] == "usb" and row["state"] != "gone"


def _at_work(row: Row) -> bool:
    """A share is always there; it is worth a line while something moves."""
    return bool(row["present"]) and row["state"] in ("settling", "copying")


def _copying(row: Row) -> bool:
    return bool(row["present"]) and row["state"] in (BUSY if row["kind"] == "usb" else {"copying"})


def _unread(row: Row, read: Mapping[int, str]) -> bool:
    return row["state"] == "trouble" and read.get(row["id"]) != row["updated_at"]
