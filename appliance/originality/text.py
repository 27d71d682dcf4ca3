"""The print of a text: hashes of its runs of five characters (shingles).

Only letters count, so that spaces, line breaks, numbers and punctuation, which a copy loses first, do not matter.
A print keeps the hashes that `scale` divides; the scale doubles until at most `MOST` are left. All but the longest
documents have scale 1: then nothing is estimated.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from hashlib import blake2b
from itertools import compress

RUN = 5  # characters of a shingle
MOST = 8192  # hashes of a print: 32 KB
_MOST_CHARACTERS = 600_000  # of one document; beyond what the readers read


@dataclass(frozen=True)
class TextPrint:
    """`hashes`: 32 bits each, in the order in which they first stand in the text (sorted in an imported list)."""

    scale: int
    hashes: tuple[int, ...]

    def at(self, scale: int) -> set[int]:
        """What a print of this scale would keep; `scale` is a multiple of one's own."""
        return {one for one in self.hashes if one % scale == 0}


@dataclass(frozen=True)
class Shared:
    """`score`: shared share of the shorter text. `shared`: hashes. `start`, `end`: where in the first text the
    middle nine tenths of it stand, from 0 to 1."""

    score: float
    shared: int
    start: float
    end: float


class TextPrinter:
    """Takes a text line by line; holds no more than the print and four characters."""

    def __init__(self) -> None:
        self._scale = 1
        self._hashes: dict[int, None] = {}
        self._tail = ""
        self._characters = 0

    def add(self, line: str) -> None:
        letters = plain(line)[: max(0, _MOST_CHARACTERS - self._characters)]
        self._characters += len(letters)
        text = self._tail + letters
        for start in range(len(text) - RUN + 1):
            one = _hashed(text[start : start + RUN])
            if one % self._scale == 0:
                self._hashes[one] = None
        self._tail = text[-(RUN - 1) :]
        while len(self._hashes) > MOST:
            self._scale *= 2
            self._hashes = {one: None for one in self._hashes if one % self._scale == 0}

    def print(self) -> TextPrint:
        return TextPrint(self._scale, tuple(self._hashes))


def text_print(lines: Iterable[str]) -> TextPrint:
    printer = TextPrinter()
    for line in lines:
        printer.add(line)
    return printer.print()


def plain(text: str) -> str:
    """`１．Ｔeaching 目标：` → `teaching目标`"""
    return "".join(char for char in unicodedata.normalize("NFKC", text).casefold() if char.isalpha())


def _hashed(shingle: str) -> int:
    return int.from_bytes(blake2b(shingle.encode("utf-8", "surrogatepass"), digest_size=4).digest(), "little")


def compare(one: TextPrint, other: TextPrint, blank: Collection[int], common: Collection[int], least: int) -> Shared:
    """`blank`: hashes of the forms that everybody fills in; they do not count at all. `common`: hashes of texts that
    many authors have; they are not counted as shared. `least`: of fewer hashes than this nothing is said."""
    scale = max(one.scale, other.scale)
    first, second = one.at(scale).difference(blank), other.at(scale).difference(blank)
    shorter = min(len(first), len(second))
    both = first & second
    both.difference_update(common)
    if shorter * scale < least or not both:
        return Shared(0.0, 0, 0.0, 0.0)
    start, end = _where(one.hashes, both)
    return Shared(len(both) / shorter, len(both) * scale, start, end)


def _where(hashes: tuple[int, ...], both: set[int]) -> tuple[float, float]:
    places = list(compress(range(len(hashes)), (one in both for one in hashes)))
    cut = len(places) // 20
    return places[cut] / len(hashes), (places[-1 - cut] + 1) / len(hashes)
