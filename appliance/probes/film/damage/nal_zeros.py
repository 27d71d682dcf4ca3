"""What a run of zeros among the samples means.

Inside a coded slice three zero bytes never follow each other: the standards put a 3 between, so that a decoder can
find its way. A sector of zeros in the middle of one was not written by any encoder. At the end of a sample zeros may
be filling, which some encoders write habitually; in units that are no slices (titles, a camera's own notes) they may
be content. So only the first is called damage.
"""

from __future__ import annotations

import os
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

from appliance.probes.film.mp4.track import NotTold

_MOST_STEPS = 3_000_000
_LEAST = 64  # bytes inside a sample: silent PCM sound ends where the zeros of the next length begin
_HABIT = 3  # samples that are filled up with zeros; more than these are the encoder's way


@dataclass
class Zeros:
    """Numbers of samples: `damaged` for certain, `doubtful`, and `filled` up at their end."""

    damaged: set[int] = field(default_factory=set)
    doubtful: set[int] = field(default_factory=set)
    filled: set[int] = field(default_factory=set)

    @property
    def in_doubt(self) -> set[int]:
        return self.doubtful | (self.filled if len(self.filled) <= _HABIT else set())


@dataclass
class Judge:
    """`is_slice`: of the first byte of a unit. `broken`: samples whose lengths do not add up."""

    file: BinaryIO
    places: Sequence[int]
    sizes: Sequence[int]
    width: int
    is_slice: Callable[[int], bool]
    broken: set[int]
    _steps: int = 0

    def zeros(self, runs: Sequence[tuple[int, int]]) -> Zeros:
        """Raises `NotTold` when it would take too long."""
        told = Zeros()
        for start, end in runs:
            for sample in self.touched(start, end):
                first, after = self._within(sample, start, end)
                if after - first >= _LEAST:
                    getattr(told, self._one(sample, first, after)).add(sample)
        return told

    def in_slices(self, runs: Sequence[tuple[int, int]]) -> set[int]:
        """Samples in which a run lies within one slice."""
        found = set()
        for start, end in runs:
            for sample in self.touched(start, end):
                unit = self._unit_at(sample, max(start, self.places[sample]))
                if unit and unit[1] >= end and self.is_slice(unit[2]):
                    found.add(sample)
        return found

    def touched(self, start: int, end: int) -> Iterator[int]:
        for sample in range(max(bisect_right(self.places, start) - 1, 0), len(self.places)):
            if self.places[sample] >= end:
                return
            if self.places[sample] + self.sizes[sample] > start:
                yield sample

    def _within(self, sample: int, start: int, end: int) -> tuple[int, int]:
        return max(start, self.places[sample]), min(end, self.places[sample] + self.sizes[sample])

    def _one(self, sample: int, first: int, after: int) -> str:
        begins, ends = self.places[sample], self.places[sample] + self.sizes[sample]
        if first == begins:  # there is nothing yet that could be filled up
            return "damaged"
        unit = self._unit_at(sample, first)
        if unit is None:
            return "damaged" if sample in self.broken else "filled" if after == ends else "doubtful"
        if after < unit[1]:
            return "damaged" if self.is_slice(unit[2]) else "doubtful"
        if after == ends:
            return "filled"
        return "damaged" if sample in self.broken else "doubtful"

    def _unit_at(self, sample: int, place: int) -> tuple[int, int, int] | None:
        """(start, end, first byte) of the unit in whose content the place lies; `None` between units, or when the
        lengths do not lead there."""
        at, ends = self.places[sample], self.places[sample] + self.sizes[sample]
        while at + self.width < ends and at <= place:
            self._steps += 1
            if self._steps > _MOST_STEPS:
                raise NotTold("空数据太多，没有查完")
            head = os.pread(self.file.fileno(), self.width + 1, at)
            content = at + self.width
            end = content + int.from_bytes(head[: self.width], "big")
            if end > ends or len(head) <= self.width:
                return None
            if content <= place < end:
                return content, end, head[self.width]
            at = end
        return None
