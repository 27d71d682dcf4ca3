"""Words by their spelling: `zhang'wei` for 张伟, with how common they are.

The list is Debian's `rime-data-pinyin-simp` (65,000 words, Apache 2.0). Without that package single characters and the
office's own words are left, which is slower to type with and loses nothing else.
"""

from __future__ import annotations

import bisect
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

LIST = Path("/usr/share/rime-data/pinyin_simp.dict.yaml")
OFFICE = Path(__file__).with_name("office_words.txt")
OFFICE_WEIGHT = 20_000  # as common as 老师 in the list: what is said here every day stands in front
RARE = 0  # a character that only the table of readings knows
MENDED = (("𬱖", "wei"),)  # readings that the table of characters has wrong
_END = "\x7f"  # after every letter

Word = tuple[str, int, str, str]  # (letters, minus how common, the word, letters with ' between syllables)


@dataclass(frozen=True)
class Lexicon:
    """`words`: sorted by letters, the commonest first. `initials`: the same words by the first letters of their
    syllables. `best`: letters → the commonest word. `syllables`: every spelling of one character."""

    words: list[Word]
    initials: list[Word]
    best: dict[str, Word]
    syllables: frozenset[str]
    openings: frozenset[str]  # what a syllable can begin with

    @classmethod
    def of(cls, spelt: Iterable[tuple[str, str, int]]) -> Lexicon:
        """`spelt`: (word, spelling with ' between syllables, how common); the commonest of equal ones is kept."""
        found: dict[tuple[str, str], int] = {}
        for text, spelling, weight in spelt:
            found[text, spelling] = max(weight, found.get((text, spelling), 0))
        words = sorted((s.replace("'", ""), -weight, text, s) for (text, s), weight in found.items())
        best: dict[str, Word] = {}
        for word in words:
            best.setdefault(word[0], word)
        syllables = frozenset(word[0] for word in words if "'" not in word[3])
        openings = frozenset(one[:n] for one in syllables for n in range(1, len(one) + 1))
        short = sorted(("".join(part[0] for part in w[3].split("'")), *w[1:]) for w in words if "'" in w[3])
        return cls(words, short, best, syllables, openings)

    def spelt(self, letters: str) -> list[Word]:
        return _between(self.words, letters, letters + "\x00")

    def beginning(self, letters: str) -> list[Word]:
        return _between(self.words, letters, letters + _END)

    def abbreviated(self, letters: str) -> list[Word]:
        return _between(self.initials, letters, letters + "\x00")


def _between(words: list[Word], low: str, high: str) -> list[Word]:
    return words[bisect.bisect_left(words, (low,)) : bisect.bisect_left(words, (high,))]


_lock = threading.Lock()
_loaded: list[Lexicon] = []


def lexicon() -> Lexicon:
    """Read once a process, at the first key: 0.5 s and 60 MB that a box without a screen never spends."""
    with _lock:
        if not _loaded:
            _loaded.append(Lexicon.of([*listed(LIST), *characters(), *office()]))
        return _loaded[0]


def listed(path: Path) -> Iterator[tuple[str, str, int]]:
    """Lines `词<tab>ci<tab>123` after the line `...`; others are passed over."""
    if not path.is_file():
        return
    _, _, body = path.read_text(encoding="utf-8").partition("\n...\n")
    for line in body.splitlines():
        text, _, rest = line.partition("\t")
        spelling, _, weight = rest.partition("\t")
        if spelling and weight.isdecimal():
            yield text, spelling.replace(" ", "'"), int(weight)


def characters() -> Iterator[tuple[str, str, int]]:
    """Every character with each of its readings: names hold some that no list of words has."""
    from pypinyin.contrib.tone_convert import to_normal
    from pypinyin.pinyin_dict import pinyin_dict

    yield from ((character, reading, RARE) for character, reading in MENDED)
    plain: dict[str, str] = {}
    for code, readings in pinyin_dict.items():
        for reading in readings.split(","):
            if reading not in plain:
                plain[reading] = to_normal(reading, v_to_u=False)
            if plain[reading].isascii():
                yield chr(code), plain[reading], RARE


def office() -> Iterator[tuple[str, str, int]]:
    for text in OFFICE.read_text(encoding="utf-8").split():
        yield text, spelling_of(text), OFFICE_WEIGHT


def spelling_of(text: str) -> str:
    """`shu'xue`; what is no Chinese stands as it is."""
    from pypinyin import lazy_pinyin

    return "'".join(lazy_pinyin(text, v_to_u=False))
