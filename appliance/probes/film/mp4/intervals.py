"""Frame intervals of an MP4 or MOV, from its own tables (`stts`). Reads with bounds; trusts no size.

Header fields say 25 for variable rates too; the table tells every frame's time.
"""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Iterable
from typing import Any, BinaryIO

from appliance.probes.container import Box, boxes

_MOST_TRACKS = 64
_MOST_ROWS = 1_000_000  # 11 hours in which every frame has its own interval
_MOST_COUNT = 1 << 32
_SHOWN = 50


def intervals(file: BinaryIO, size: int) -> dict[str, Any] | None:
    """`{"count", "mean_fps", "histogram": [[ms, count], …]}`, commonest first; `None` when the tables do not tell."""
    moov = child(file, Box(b"", 0, size), b"moov")
    if moov is None:
        return None
    for number, track in enumerate(boxes(file, moov.start, min(moov.end, size))):
        if number > _MOST_TRACKS:
            return None
        if track.kind == b"trak" and (found := _of_track(file, track)):
            return found
    return None


def summary(pairs: Iterable[tuple[int, float]]) -> dict[str, Any] | None:
    """From (number of frames, interval in seconds) pairs."""
    histogram: Counter[float] = Counter()
    frames, seconds = 0, 0.0
    for count, interval in pairs:
        histogram[round(interval * 1000, 1)] += count
        frames += count
        seconds += count * interval
    if not frames or seconds <= 0:
        return None
    common = [[ms, count] for ms, count in histogram.most_common(_SHOWN)]
    return {"count": frames, "mean_fps": round(frames / seconds, 4), "histogram": common}


def _of_track(file: BinaryIO, track: Box) -> dict[str, Any] | None:
    media = child(file, track, b"mdia")
    if media is None or handler(file, media) != b"vide":
        return None
    scale = time_scale(file, media)
    table = media
    for kind in (b"minf", b"stbl", b"stts"):
        inner = child(file, table, kind)
        if inner is None:
            return None
        table = inner
    return summary(_rows(file, table, scale)) if scale else None


def _rows(file: BinaryIO, table: Box, scale: int) -> list[tuple[int, float]]:
    file.seek(table.start + 4)
    head = file.read(4)
    if len(head) < 4:
        return []
    rows = min(struct.unpack(">I", head)[0], (table.end - table.start - 8) // 8, _MOST_ROWS)
    data = file.read(rows * 8)
    pairs = struct.iter_unpack(">II", data[: len(data) // 8 * 8])
    return [(count, delta / scale) for count, delta in pairs if count < _MOST_COUNT]


def handler(file: BinaryIO, media: Box) -> bytes:
    """`vide`, `soun`, …; empty when it is not said."""
    box = child(file, media, b"hdlr")
    if box is None:
        return b""
    file.seek(box.start + 8)
    return file.read(4)


def time_scale(file: BinaryIO, media: Box) -> int:
    """Ticks a second; 0 when it is not said."""
    box = child(file, media, b"mdhd")
    if box is None:
        return 0
    file.seek(box.start)
    data = file.read(24)
    at = 20 if data[:1] == b"\x01" else 12
    return int(struct.unpack(">I", data[at : at + 4])[0]) if len(data) >= at + 4 else 0


def child(file: BinaryIO, parent: Box, kind: bytes) -> Box | None:
    """The first box of this kind inside another; `None` when there is none, or it reaches beyond its parent."""
    for box in boxes(file, parent.start, parent.end):
        if box.end > parent.end:
            return None
        if box.kind == kind:
            return box
    return None
