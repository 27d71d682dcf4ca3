"""Writing on a title card, made comparable: width, case, spaces, quotes and punctuation do not count."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_TOKEN = re.compile(r"[0-9a-z\u3400-\u9fff\U00020000-\U0003ffff]+")
_HAN_NAME = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]{2,4}")
_LONGEST_NAME = 16  # characters; names of all peoples of the country are shorter


@dataclass(frozen=True)
class Line:
    """`tokens`: what stands between spaces and punctuation. `least`: confidence of the least sure character."""

    tokens: tuple[str, ...]
    least: float

    @property
    def joined(self) -> str:
        return "".join(self.tokens)


def tokens(text: str) -> tuple[str, ...]:
    return tuple(_TOKEN.findall(unicodedata.normalize("NFKC", text).lower()))


def core(text: str) -> str:
    return "".join(tokens(text))


def lines(shot: Mapping[str, Any], surest: float) -> list[Line]:
    """Those of a shot that were read at least so surely on the whole."""
    seen = [row for row in shot.get("lines", ()) if float(row["surest"]) >= surest]
    return [Line(tokens(str(row["text"])), float(row["least"])) for row in seen]


def runs(line: Line, labels: Sequence[str], endings: Sequence[str]) -> set[str]:
    """Everything between two breaks of the line, also without a label before it (课名…) and an ending after it
    (…第一课时). “不等式的性质” is not among the runs of 等式的性质: nothing breaks it there."""
    found = set()
    for start in range(len(line.tokens)):
        for end in range(start + 1, min(len(line.tokens), start + 24) + 1):
            whole = "".join(line.tokens[start:end])
            heads = {whole, *(whole.removeprefix(core(label)) for label in labels)}
            found |= heads | {head.removesuffix(core(ending)) for head in heads for ending in endings}
    return found - {""}


def labelled(line: Line, labels: Sequence[str]) -> str:
    """What stands behind one of the labels, as one word; "" when the line begins otherwise."""
    known = sorted((core(label) for label in labels), key=len, reverse=True)
    if line.tokens and line.tokens[0] in known:  # 主讲：教师甲 has a break where 主讲教师甲 has none
        return "".join(line.tokens[1:])
    return next((line.joined.removeprefix(label) for label in known if line.joined.startswith(label)), "")


def spelled(text: str, table: Mapping[str, Iterable[str]]) -> set[str]:
    """The words of a table of spellings that occur in `text` (a joined line); the longest first, each place once:
    in 高中一年级 there is no 一年级."""
    pairs = [(core(word), name) for name, others in table.items() for word in (name, *others)]
    found = set()
    for spelling, name in sorted(pairs, key=lambda pair: -len(pair[0])):
        if spelling and spelling in text:
            found.add(name)
            text = text.replace(spelling, "\n")
    return found


def is_name(word: str, teachers: Mapping[str, Any]) -> bool:
    """As most names are: a surname known to the edition and one or two characters."""
    if len(word) > _LONGEST_NAME:  # a county's own pattern may take a time that doubles with each character (H14)
        return False
    if (pattern := teachers.get("pattern")) and re.fullmatch(pattern, word):
        return True
    if not _HAN_NAME.fullmatch(word) or set(word) & set(teachers.get("never", "")):
        return False
    double = word[:2] in teachers.get("double_surnames", ()) and len(word) > 2
    return double or (len(word) <= 3 and word[0] in teachers.get("surnames", ""))
