"""The samples of a track as the tables of `stbl` tell them: sizes, chunks, samples a chunk, times."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from itertools import islice, repeat
from typing import BinaryIO

from appliance.probes.container import Box
from appliance.probes.film.mp4.intervals import child
from appliance.probes.film.mp4.track import MOST, NotTold, Track, inside, numbers, rows

_MOST_EDITS = 100


def fill(file: BinaryIO, table: Box, track: Track) -> None:
    """An empty table is no mistake: the samples of a fragmented film are told elsewhere. Raises `NotTold`."""
    track.sizes = _sizes(file, table)
    if track.sizes:
        track.places = array("Q", _places(file, table, track.sizes))
        track.runs = list(_runs(file, table, track.scale))


def _sizes(file: BinaryIO, table: Box) -> array[int]:
    stsz = inside(file, table, b"stsz")
    each, count = numbers(file, stsz.start + 4, ">II")
    if each and count > MOST:
        raise NotTold("画面太多")
    return array("Q", repeat(each, count)) if each else array("Q", (row[0] for row in rows(file, stsz, ">I", at=8)))


def _places(file: BinaryIO, table: Box, sizes: Iterable[int]) -> Iterator[int]:
    chunks = _chunks(file, table)
    groups = list(rows(file, inside(file, table, b"stsc"), ">III"))
    left = iter(sizes)
    for number, (first, count, _) in enumerate(groups):
        last = groups[number + 1][0] if number + 1 < len(groups) else len(chunks) + 1
        for chunk in range(max(first, 1), min(last, len(chunks) + 1)):
            at = chunks[chunk - 1]
            for size in islice(left, count):
                yield at
                at = min(at + size, 1 << 62)


def _chunks(file: BinaryIO, table: Box) -> array[int]:
    for kind, row in ((b"stco", ">I"), (b"co64", ">Q")):
        if box := child(file, table, kind):
            return array("Q", (min(each[0], 1 << 62) for each in rows(file, box, row)))
    raise NotTold("没有写画面存在哪里")


def _runs(file: BinaryIO, table: Box, scale: int) -> Iterator[tuple[int, float, float]]:
    first, ticks = 0, 0
    for count, each in rows(file, inside(file, table, b"stts"), ">II"):
        yield first, ticks / scale, each / scale
        first, ticks = first + count, ticks + count * each


def first_shown(file: BinaryIO, trak: Box) -> int:
    """Ticks of the track that are cut away before it is shown: a film that was trimmed on the phone."""
    edits = child(file, trak, b"edts")
    box = child(file, edits, b"elst") if edits else None
    if box is None:
        return 0
    wide = numbers(file, box.start, ">B")[0] == 1
    times = (row[1] for row in rows(file, box, ">QqI" if wide else ">IiI"))
    return next((time for time in islice(times, _MOST_EDITS) if time >= 0), 0)
