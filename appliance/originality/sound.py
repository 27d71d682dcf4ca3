"""The print of a film's sound: the 32-bit words of chromaprint, about eight a second, each for what sounds in 2.4 s.

Two prints are laid beside each other at one shift. Copies differ in 1–10 % of the bits, whatever the encoder did;
other speech, also of the same voice, in more than 27 % of every stretch of eight seconds. Silence and standing
tones are alike everywhere, so stretches with hardly any change say nothing.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

WORD_S = 1365 / 11025  # seconds from one word to the next: chromaprint's own step and rate
WINDOW = 64  # words, 7.9 s: the shortest stretch that is judged
_LEAST_DIFFERENT = 16  # words of a window; speech has 40 and more
_SAME_BITS = 0.15  # of the bits of a window may differ


@dataclass(frozen=True)
class SoundPrint:
    words: array[int]

    @classmethod
    def of(cls, data: bytes) -> SoundPrint:
        """Little-endian words, as they are stored. A cut last word is dropped."""
        words = array("I")
        words.frombytes(data[: len(data) // 4 * 4])
        return cls(words)


@dataclass(frozen=True)
class Heard:
    """What two films share: `seconds`, their `score` of the shorter film's speaking part, `bits` that differ there,
    and from where to where it sounds in the first film and in the other."""

    score: float
    seconds: float
    bits: float
    start: float
    end: float
    other_start: float
    other_end: float


def compare(one: SoundPrint, other: SoundPrint, shifts: Iterable[int]) -> Heard | None:
    """`shifts`: how many words later a thing sounds in the first film than in the other; a film that was cut in its
    middle has several. None where nothing is shared."""
    speaking = _speaking(one.words)
    here: dict[int, tuple[int, int]] = {}  # word of the first film → (its word of the other, bits that differ)
    for shift in shifts:
        for place, bits in _same(one.words, other.words, shift, speaking):
            if place not in here or bits < here[place][1]:
                here[place] = (place - shift, bits)
    if not here:
        return None
    shorter = min(sum(speaking), sum(_speaking(other.words))) or 1
    there = [place for place, _ in here.values()]
    differing = sum(bits for _, bits in here.values()) / (32 * len(here))
    return Heard(
        min(1.0, len(here) / shorter), len(here) * WORD_S, differing, min(here) * WORD_S, (max(here) + 1) * WORD_S,
        min(there) * WORD_S, (max(there) + 1) * WORD_S,
    )  # fmt: skip


def _same(one: Sequence[int], other: Sequence[int], shift: int, speaking: bytearray) -> Iterator[tuple[int, int]]:
    """The words, and their bits that differ, inside windows that are the same at this shift."""
    first, last = max(0, shift), min(len(one), len(other) + shift)
    apart = [(one[place] ^ other[place - shift]).bit_count() for place in range(first, last)]
    most, inside, told = int(_SAME_BITS * 32 * WINDOW), sum(apart[: WINDOW - 1]), 0
    for end in range(WINDOW, len(apart) + 1):
        inside += apart[end - 1]
        if inside <= most:
            for place in range(max(told, end - WINDOW), end):
                if speaking[first + place]:
                    yield first + place, apart[place]
            told = end
        inside -= apart[end - WINDOW]


def _speaking(words: Sequence[int]) -> bytearray:
    """1 for each word inside a window in which much changes."""
    marks = bytearray(len(words))
    for start in range(0, len(words), WINDOW // 2):
        window = words[start : start + WINDOW]
        if len(set(window)) >= min(_LEAST_DIFFERENT, len(words)):
            marks[start : start + len(window)] = b"\1" * len(window)
    return marks
