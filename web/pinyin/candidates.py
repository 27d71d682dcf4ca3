"""What the typed letters can mean. Pure.

    typed "shuxuelaos"  →  数学 (takes 6 letters) …
    typed "zhangwei"    →  张伟 (8), 章伟 …, 张 (5), 章 (5) …

In this order: words spelt just so; the likeliest line of words; words that begin so; words by their initials; then
what fits the beginning, the longest first, so that any name can be put together character by character.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterable, Iterator

from web.pinyin.lexicon import Lexicon, Word

LONGEST = 40  # letters that are looked at
FIRST = 40  # candidates that a row shows
ALL = 1000  # the richest syllable (yi) has some 700 characters
COMPLETIONS, SHORT = 12, 24
_EVERY = 6e7  # about the sum of all weights: makes a weight a share
_WORD_COSTS = 1.5  # a line of few long words is likelier than one of many short ones

Candidate = tuple[str, int]  # (the word, how many typed characters it takes)


def candidates(lexicon: Lexicon, typed: str, most: int = FIRST) -> list[Candidate]:
    """`typed`: letters a-z, ' to part syllables (xi'an), v for ü; anything else is passed over."""
    typed = "".join(each for each in typed.lower() if each in "abcdefghijklmnopqrstuvwxyz'")[:LONGEST].lstrip("'")
    letters = typed.replace("'", "")
    if not letters:
        return []
    found: dict[str, int] = {}
    for text, taken in _in_order(lexicon, letters, _cuts(typed)):
        found.setdefault(text, _with_marks(typed, taken))
        if len(found) == most:
            break
    return list(found.items())


def _in_order(lexicon: Lexicon, letters: str, cuts: frozenset[int]) -> Iterator[Candidate]:
    whole = _fitting(lexicon.spelt(letters), cuts)
    yield from ((word[2], len(letters)) for word in whole)
    if not whole and (line := _line(lexicon, letters, cuts)):
        yield line, len(letters)
    for found, most in ((lexicon.beginning(letters), COMPLETIONS), (lexicon.abbreviated(letters), SHORT)):
        yield from ((word[2], len(letters)) for word in heapq.nsmallest(most, _fitting(found, cuts), _commonest))
    for end in range(len(letters) - 1, 0, -1):
        if _readable(lexicon, letters[end:]):
            yield from ((word[2], end) for word in _fitting(lexicon.spelt(letters[:end]), cuts))


def _commonest(word: Word) -> int:
    return word[1]


def _fitting(words: Iterable[Word], cuts: frozenset[int]) -> list[Word]:
    """Words whose syllables end wherever ' was typed."""
    if not cuts:
        return list(words)
    return [word for word in words if {cut for cut in cuts if cut < len(word[0])} <= _cuts(word[3])]


def _cuts(spelling: str) -> frozenset[int]:
    """Where ' stands, as numbers of letters before it."""
    return frozenset(place - spelling[:place].count("'") for place, each in enumerate(spelling) if each == "'")


def _with_marks(typed: str, letters: int) -> int:
    """How many typed characters hold so many letters, with the ' that follows them."""
    taken = 0
    while letters or typed[taken : taken + 1] == "'":
        letters -= typed[taken] != "'"
        taken += 1
    return taken


def _line(lexicon: Lexicon, letters: str, cuts: frozenset[int]) -> str:
    """The likeliest words that spell all the letters; empty when none do."""
    reached: list[tuple[float, str] | None] = [(0.0, "")] + [None] * len(letters)
    for start in range(len(letters)):
        here = reached[start]
        if here is None:
            continue
        for end in range(start + 1, len(letters) + 1):
            word = lexicon.best.get(letters[start:end])
            if word is None or not _fitting([word], frozenset(c - start for c in cuts if start < c < end)):
                continue
            cost = here[0] + _WORD_COSTS + math.log(_EVERY / (1 - word[1]))
            there = reached[end]
            if there is None or cost < there[0]:
                reached[end] = (cost, here[1] + word[2])
    return reached[-1][1] if reached[-1] else ""


def _readable(lexicon: Lexicon, letters: str) -> bool:
    """Syllables, the last of which may still be growing: nobody means 展 by `zhan` before `gwei`."""
    ends = {0}
    for end in range(1, len(letters) + 1):
        if any(start in ends and letters[start:end] in lexicon.syllables for start in range(max(0, end - 6), end)):
            ends.add(end)
    return any(letters[end:] in lexicon.openings or end == len(letters) for end in ends)
