"""The print of a film's pictures, and what two of them share.

Pictures of one room, one teacher or one template are alike without being copied. So a picture counts only where it
tells: two pictures are the same when they differ in far fewer bits than either differs from every other scene of its
own film. And the same pictures must come in the same order: the longest such chain is what two films share. A film
whose scenes all look alike tells nothing here; its sound does.
"""

from __future__ import annotations

import bisect
import functools
import struct
from collections.abc import Collection, Iterator
from dataclasses import dataclass

BITS = 255
ROW = 36  # bytes: tenth of a second, 32 bits little-endian; the bits, 256 big-endian
MOST = 400  # pictures
NEAR = 24  # bits: more differ never in one picture of two copies
_SCENE = 16  # bits, of pictures that follow each other
_OWN_S = 15.0  # nearer pictures of one film are no others
_SHARE = 0.5  # of the distance to one's own film's nearest other scene
_JUMP_S = 15.0  # where the two films' times part, a new stretch begins

Span = tuple[float, float, float, float]  # from, to here; from, to there: seconds


@dataclass(frozen=True)
class PicturePrint:
    """`at`: seconds, rising. `bits`: of the picture that stands there."""

    at: tuple[float, ...]
    bits: tuple[int, ...]

    @classmethod
    def of_rows(cls, rows: Collection[tuple[int, int]]) -> PicturePrint:
        """`[(tenth of a second, bits)]`; at most `MOST`, evenly."""
        kept = list(rows)[:: -(-len(rows) // MOST) or 1]
        return cls(tuple(at / 10 for at, _ in kept), tuple(bits for _, bits in kept))

    @classmethod
    def of(cls, data: bytes) -> PicturePrint:
        """As `data` wrote it; a cut last row is dropped."""
        rows = [data[at : at + ROW] for at in range(0, len(data) - ROW + 1, ROW)]
        return cls.of_rows([(struct.unpack("<I", row[:4])[0], int.from_bytes(row[4:], "big")) for row in rows])

    def data(self) -> bytes:
        return b"".join(
            struct.pack("<I", round(at * 10)) + bits.to_bytes(ROW - 4, "big")
            for at, bits in zip(self.at, self.bits, strict=True)
        )

    @functools.cached_property
    def scenes(self) -> tuple[int, ...]:
        """For each picture the number of its scene: those that follow each other and hardly differ are one."""
        numbers: list[int] = []
        first = 0
        for place, bits in enumerate(self.bits):
            if place and (self.bits[first] ^ bits).bit_count() > _SCENE:
                first = place
            numbers.append(first)
        return tuple(numbers)

    @functools.cached_property
    def within(self) -> tuple[int, ...]:
        """For each picture, in how many bits another film's may differ to be the same; -1: it tells nothing."""
        return tuple(self._within(place) for place in range(len(self.bits)))

    def _within(self, place: int) -> int:
        own = [
            (self.bits[place] ^ self.bits[other]).bit_count()
            for other in range(len(self.bits))
            if self.scenes[other] != self.scenes[place] and abs(self.at[other] - self.at[place]) > _OWN_S
        ]
        return min(NEAR, int(_SHARE * min(own))) if own else -1

    def telling(self) -> int:
        """How many scenes tell something."""
        return len({scene for scene, within in zip(self.scenes, self.within, strict=True) if within > 0})


@dataclass(frozen=True)
class Seen:
    """What two films share: `scenes`, their `score` of the shorter film's telling scenes, the seconds (here, there) of
    each, and the stretches in which they lie."""

    score: float
    scenes: int
    moments: tuple[tuple[float, float], ...]
    spans: tuple[Span, ...]

    @property
    def seconds(self) -> float:
        return sum(end - start for start, end, _, _ in self.spans)


def compare(one: PicturePrint, other: PicturePrint, common: Collection[int] = ()) -> Seen | None:
    """`common`: places of the first one's pictures that everybody has. None where nothing is shared."""
    pairs = [
        (here, there)
        for here, most in enumerate(one.within) if most >= 0 and here not in common
        for there, bits in enumerate(other.bits)
        if (one.bits[here] ^ bits).bit_count() <= min(most, other.within[there])
    ]  # fmt: skip
    chain = _chain({(one.scenes[here], other.scenes[there]): (here, there) for here, there in reversed(pairs)})
    if not chain:
        return None
    moments = tuple((one.at[here], other.at[there]) for here, there in chain)
    shorter = min(one.telling(), other.telling()) or 1
    return Seen(min(1.0, len(chain) / shorter), len(chain), moments, tuple(_spans(moments)))


def _chain(found: dict[tuple[int, int], tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs of scenes that rises on both sides; of each its first pair of pictures."""
    scenes = sorted(found, key=lambda pair: (pair[0], -pair[1]))
    ends: list[int] = []  # the smallest scene there, by the length of the run
    last: list[int] = []
    before: dict[int, int | None] = {}
    for number, (_, there) in enumerate(scenes):
        length = bisect.bisect_left(ends, there)
        before[number] = last[length - 1] if length else None
        ends[length:], last[length:] = [there, *ends[length + 1 :]], [number, *last[length + 1 :]]
    run, at = [], last[-1] if last else None
    while at is not None:
        run.append(found[scenes[at]])
        at = before[at]
    return run[::-1]


def _spans(moments: tuple[tuple[float, float], ...]) -> Iterator[Span]:
    start = last = moments[0]
    for now in moments[1:]:
        if abs((now[0] - last[0]) - (now[1] - last[1])) > _JUMP_S:
            yield start[0], last[0], start[1], last[1]
            start = now
        last = now
    yield start[0], last[0], start[1], last[1]
