"""`lessonbox.toml` line by line: TOML's plain part (sections, one value a line), so that each error has its line.

Whatever editor wrote it: UTF-8 with or without a mark, UTF-16, or the GBK of an old Windows.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import Any

LARGEST = 64 << 10  # bytes
_SECTION = re.compile(r"\[\s*([A-Za-z_]+)\s*\]\s*(#.*)?")
_FULL_WIDTH = {
    "“": "引号",
    "”": "引号",
    "‘": "引号",
    "’": "引号",
    "＝": "等号",
    "＃": "井号",
    "［": "方括号",
    "，": "逗号",
}


@dataclass(frozen=True)
class Value:
    line: int
    value: Any


@dataclass(frozen=True)
class Problem:
    """`line` 0: not one line, the whole file. `about`: the key, where only that could be read of a line."""

    line: int
    says: str
    about: str = ""

    def __str__(self) -> str:
        return f"第 {self.line} 行：{self.says}" if self.line else self.says


def read(data: bytes) -> tuple[dict[str, Value], list[Problem]]:
    """("network.address" → its value), and what could not be read."""
    if len(data) > LARGEST:
        return {}, [Problem(0, "文件太大，不像是 lessonbox.toml")]
    text = _decoded(data)
    if text is None:
        return {}, [Problem(0, "文件不是文字，请用记事本重新写一份")]
    found: dict[str, Value] = {}
    problems: list[Problem] = []
    section = ""
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        if header := _SECTION.fullmatch(line):
            section = header[1]
            continue
        try:
            [(key, value)] = tomllib.loads(line).items()
        except (tomllib.TOMLDecodeError, ValueError):
            problems.append(Problem(number, _hint(line), _under(section, _key(line))))
            continue
        name = _under(section, key)
        if name in found:
            problems.append(Problem(number, f"{name} 写了两次，前一次在第 {found[name].line} 行"))
        else:
            found[name] = Value(number, value)
    return found, problems


def _under(section: str, key: str) -> str:
    return f"{section}.{key}" if section else key


def _key(line: str) -> str:
    found = re.match(r"[A-Za-z_]+", line)
    return found[0] if found else ""


def _decoded(data: bytes) -> str | None:
    ways = ["utf-16"] if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "gb18030"]
    for way in ways:
        try:
            text = data.decode(way)
        except UnicodeDecodeError:
            continue
        return None if "\0" in text else text
    return None


def _hint(line: str) -> str:
    """What most likely went wrong. Never repeats the line: a password may stand in it."""
    bare = re.sub(r'"[^"]*"', '""', line)  # what stands in proper quotes may hold anything
    for sign, name in _FULL_WIDTH.items():
        if sign in bare:
            return f"用了中文的{name} {sign}，请改成英文的"
    if line.startswith("["):
        return "方括号里只能是一个英文的名字，例如 [network]"
    if "=" not in line:
        return "少了等号，应当是 名字 = 值"
    if line.count('"') % 2:
        return "引号没有成对"
    if '"' not in line:
        return '文字要放在英文双引号里，例如 name = "示例县教育局"'
    return "这一行看不懂，应当是 名字 = 值，一行一项"
