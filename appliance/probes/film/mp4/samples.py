"""The first track of a kind with all its samples, however the film tells them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO

from appliance.probes.container import Box, boxes
from appliance.probes.film.mp4 import fragments, tables
from appliance.probes.film.mp4.intervals import child, handler, time_scale
from appliance.probes.film.mp4.track import NotTold, Track, inside, numbers

_MOST_TRACKS = 64
_ENTRY_HEAD = {b"vide": 78, b"soun": 28}  # bytes of a sample entry before its own boxes


def track(file: BinaryIO, size: int, wanted: bytes) -> Track | None:
    """`wanted`: the handler, `vide` or `soun`. `None` when there is no such track. Raises `NotTold`."""
    moov = child(file, Box(b"", 0, size), b"moov")
    for trak in islice(_traks(file, moov), _MOST_TRACKS) if moov else ():
        media = child(file, trak, b"mdia")
        if moov and media and handler(file, media) == wanted:
            found = _described(file, trak, media, wanted)
            tables.fill(file, inside(file, media, b"minf", b"stbl"), found)
            fragments.add(file, size, moov, found)
            if len(found.places) != len(found.sizes):
                raise NotTold("索引前后对不上")
            return found
    return None


def _described(file: BinaryIO, trak: Box, media: Box, wanted: bytes) -> Track:
    stsd, tkhd = inside(file, media, b"minf", b"stbl", b"stsd"), inside(file, trak, b"tkhd")
    entry = next(boxes(file, stsd.start + 8, stsd.end), None)
    scale = time_scale(file, media)
    if entry is None or entry.end > stsd.end or not scale:
        raise NotTold("索引不完整")
    return Track(
        id=numbers(file, tkhd.start + (20 if numbers(file, tkhd.start, ">B")[0] == 1 else 12), ">I")[0],
        scale=scale, codec=entry.kind, kinds=numbers(file, stsd.start + 4, ">I")[0], stsd=stsd,
        entry_head=_ENTRY_HEAD[wanted], starts_at=tables.first_shown(file, trak) / scale,
    )  # fmt: skip


def _traks(file: BinaryIO, moov: Box) -> Iterator[Box]:
    return (box for box in boxes(file, moov.start, moov.end) if box.kind == b"trak" and box.end <= moov.end)
