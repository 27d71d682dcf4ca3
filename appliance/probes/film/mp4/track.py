"""One track of an MP4 or MOV: where each sample lies and when it is shown. And the bounded readers of its tables.

Nothing here is believed: counts are bounded by the size of their table and by `MOST`, and places are compared with
the size of the file by whoever reads there.
"""

from __future__ import annotations

import struct
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from appliance.probes.container import Box, boxes
from appliance.probes.film.mp4.intervals import child

MOST = 2_000_000  # samples, chunks, rows: eleven hours at 50 pictures a second


class NotTold(Exception):
    """The tables say nothing that can be followed; why, in Chinese."""


@dataclass
class Track:
    """`places`, `sizes`: bytes, by sample in the order of decoding. `codec`: of the first of the `kinds` sample
    entries in `stsd`, each with a head of so many bytes. `runs`: from which sample on, at what second, how many
    seconds each."""

    id: int
    scale: int  # ticks a second
    codec: bytes
    kinds: int
    stsd: Box
    entry_head: int
    starts_at: float = 0.0  # second of the track at which showing begins (edit list)
    places: array[int] = field(default_factory=lambda: array("Q"))
    sizes: array[int] = field(default_factory=lambda: array("Q"))
    runs: list[tuple[int, float, float]] = field(default_factory=list)

    def entries(self, file: BinaryIO) -> Iterator[Box]:
        """The sample entries; the content of each begins at its own boxes."""
        for entry in boxes(file, self.stsd.start + 8, self.stsd.end):
            yield Box(entry.kind, entry.start + self.entry_head, min(entry.end, self.stsd.end))

    def second(self, sample: int) -> float:
        """When it is shown, but for the few frames by which decoding runs ahead."""
        row = bisect_right(self.runs, (sample, float("inf"))) - 1
        if row < 0:
            return 0.0
        first, at, each = self.runs[row]
        return max(at + (sample - first) * each - self.starts_at, 0.0)


def rows(file: BinaryIO, box: Box, row: str, at: int = 4) -> Iterator[tuple[int, ...]]:
    """The rows of a table whose count stands `at` bytes into its box; as many as the box really holds. Raises
    `NotTold` beyond `MOST`."""
    width = struct.calcsize(row)
    count = min(numbers(file, box.start + at, ">I")[0], max(box.end - box.start - at - 4, 0) // width)
    if count > MOST:
        raise NotTold("画面太多")
    file.seek(box.start + at + 4)
    data = file.read(count * width)
    return struct.iter_unpack(row, data[: len(data) // width * width])


def numbers(file: BinaryIO, at: int, row: str) -> tuple[int, ...]:
    file.seek(at)
    data = file.read(struct.calcsize(row))
    if len(data) < struct.calcsize(row):
        raise NotTold("索引不完整")
    return struct.unpack(row, data)


def inside(file: BinaryIO, box: Box, *path: bytes) -> Box:
    """The box at the end of a path. Raises `NotTold` when one is missing."""
    for kind in path:
        inner = child(file, box, kind)
        if inner is None:
            raise NotTold("索引不完整")
        box = inner
    return box
