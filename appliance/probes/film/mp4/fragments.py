"""The samples of a fragmented MP4 (`moof`, `traf`, `trun`), as recorders and screen casters write it."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import repeat
from typing import BinaryIO

from appliance.probes.container import Box, boxes
from appliance.probes.film.mp4.intervals import child
from appliance.probes.film.mp4.track import MOST, NotTold, Track

_MOST_BYTES = 64 << 20  # of one box of a fragment
# Bits of `tfhd` and `trun`, and the number that each stands for, in the order in which they are written.
_TFHD = ((0x1, ">Q"), (0x2, ">I"), (0x8, ">I"), (0x10, ">I"), (0x20, ">I"))
_TRUN = ((0x1, ">i"), (0x4, ">I"))
_ROW = (0x100, 0x200, 0x400, 0x800)  # duration, size, flags, shift: four bytes each
_BASE_IS_MOOF = 0x20000


@dataclass
class _Defaults:
    """What holds for a sample of which its run says nothing. Ticks, bytes."""

    duration: int = 0
    size: int = 0


def add(file: BinaryIO, size: int, moov: Box, track: Track) -> None:
    """Adds what the fragments hold of the track, in the order of the file. Raises `NotTold`."""
    usual = _usual(file, moov, track.id)
    ticks = 0
    for moof in boxes(file, 0, size):
        if moof.kind != b"moof" or moof.end > size:
            continue
        after = _start_of(file, moof)
        for traf in (box for box in boxes(file, moof.start, moof.end) if box.kind == b"traf"):
            ticks, after = _traf(file, traf, moof, track, usual, ticks, after)


def _usual(file: BinaryIO, moov: Box, track_id: int) -> _Defaults:
    extends = child(file, moov, b"mvex")
    for trex in boxes(file, extends.start, extends.end) if extends else ():
        data = _bytes(file, trex) if trex.kind == b"trex" else b""
        if len(data) >= 20 and struct.unpack(">I", data[4:8])[0] == track_id:
            return _Defaults(*struct.unpack(">II", data[12:20]))
    return _Defaults()


def _traf(
    file: BinaryIO, traf: Box, moof: Box, track: Track, usual: _Defaults, ticks: int, after: int
) -> tuple[int, int]:  # fmt: skip
    """(ticks, place) at which the next one goes on; `after`: where the data of the one before ended."""
    data = _bytes(file, child(file, traf, b"tfhd"))
    flags, track_id, said, _ = _head(data, _TFHD)
    base = said.get(0x1, _start_of(file, moof) if flags & _BASE_IS_MOOF else after)
    default = _Defaults(said.get(0x8, usual.duration), said.get(0x10, usual.size))
    ours = track if track_id == track.id else None
    ticks = _decode_time(file, traf, ticks) if ours else ticks
    at = base
    for run in (box for box in boxes(file, traf.start, traf.end) if box.kind == b"trun"):
        data = _bytes(file, run)
        flags, count, said, rest = _head(data, _TRUN)
        at = base + said[0x1] if 0x1 in said else at
        samples = _samples(data[rest:], flags, count, default)
        ticks, at = _add(ours, samples, ticks, at) if ours else (ticks, at + sum(size for _, size in samples))
    return ticks, at


def _add(track: Track, samples: Iterator[tuple[int, int]], ticks: int, at: int) -> tuple[int, int]:
    for number, (each, size) in enumerate(samples):
        if not number or track.runs[-1][2] != each / track.scale:
            track.runs.append((len(track.sizes), ticks / track.scale, each / track.scale))
        track.places.append(min(max(at, 0), 1 << 62))
        track.sizes.append(size)
        at, ticks = at + size, ticks + each
    if len(track.sizes) > MOST:
        raise NotTold("画面太多")
    return ticks, at


def _samples(data: bytes, flags: int, count: int, default: _Defaults) -> Iterator[tuple[int, int]]:
    """(duration, size) of each sample of a run. Raises `NotTold` for more than can be."""
    given = [bit for bit in _ROW if flags & bit]
    if not given:
        if count > MOST:
            raise NotTold("画面太多")
        return repeat((default.duration, default.size), count)
    width = 4 * len(given)
    table = data[: min(count, len(data) // width) * width]
    return (
        (
            row[given.index(0x100)] if 0x100 in given else default.duration,
            row[given.index(0x200)] if 0x200 in given else default.size,
        )
        for row in struct.iter_unpack(f">{len(given)}I", table)
    )


def _head(data: bytes, known: tuple[tuple[int, str], ...]) -> tuple[int, int, dict[int, int], int]:
    """(flags, the number after them, the optional numbers by their bit, where what follows begins)."""
    if len(data) < 8:
        raise NotTold("索引不完整")
    flags, first = struct.unpack(">II", b"\0" + data[1:8])
    said, at = {}, 8
    for bit, form in known:
        if flags & bit:
            width = struct.calcsize(form)
            if at + width > len(data):
                raise NotTold("索引不完整")
            said[bit] = struct.unpack(form, data[at : at + width])[0]
            at += width
    return flags, first, said, at


def _decode_time(file: BinaryIO, traf: Box, ticks: int) -> int:
    data = _bytes(file, child(file, traf, b"tfdt"))
    if data[:1] == b"\x01" and len(data) >= 12:
        return int(struct.unpack(">Q", data[4:12])[0])
    return int(struct.unpack(">I", data[4:8])[0]) if len(data) >= 8 else ticks


def _start_of(file: BinaryIO, box: Box) -> int:
    """Of the box itself: its content begins 8 bytes later, or 16 when its size is told in 64 bits."""
    file.seek(max(box.start - 16, 0))
    return box.start - (16 if file.read(8) == b"\0\0\0\1" + box.kind else 8)


def _bytes(file: BinaryIO, box: Box | None) -> bytes:
    if box is None:
        return b""
    file.seek(box.start)
    return file.read(min(max(box.end - box.start, 0), _MOST_BYTES))
