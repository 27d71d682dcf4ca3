"""Words in the picture that may be advertising or contact data (G7), with the second at which they stand."""

from __future__ import annotations

import importlib
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from appliance.probes.documents.signs import Signs
from appliance.probes.film.ocr import MISSING, Reader
from appliance.probes.film.stills import SHARE, STEP, Still, key_frames

EVERY = 2.0  # seconds; advertising that is gone after less is not read by pupils either
MOST = 24  # pictures that are read: about half a second each
_REMEMBERED = 100  # pictures; 3 MB
_SURE = 0.8  # of a line; below it letters are guessed


def look(file: BinaryIO, size: int) -> dict[str, Any]:
    """`{"signs": [{kind, text, place: second}], "read": pictures, "of": different ones}`. When a film shows more
    different pictures than are read, those that are read stand as far apart in time as they can."""
    reader = Reader.make()
    if reader is None:
        return {"undetermined": MISSING}
    chosen, different = _apart(_new(key_frames(file, EVERY)))
    if not chosen:
        return {"undetermined": "画面解不出来"}
    signs, seen = Signs(), set()
    for still in chosen:
        for line in reader.read(still):
            if line.surest >= _SURE and line.text not in seen:
                seen.add(line.text)  # what stands there for minutes is told once, where it first stands
                signs.see(line.text, round(still.at))
    return {"signs": signs.rows, "read": len(chosen), "of": different}


def _new(stills: Iterable[Still]) -> Iterator[Still]:
    """Those that show what none of the last ones showed: a slide that comes back is not read again."""
    numpy = importlib.import_module("numpy")
    shown: deque[Any] = deque(maxlen=_REMEMBERED)
    for still in stills:
        points = numpy.frombuffer(still.points(), "uint8").astype("int16")
        if all((abs(points - other) > STEP).mean() > SHARE for other in reversed(shown)):
            shown.append(points)
            yield still


def _apart(stills: Iterable[Still]) -> tuple[list[Still], int]:
    """At most `MOST` pictures; and how many there were."""
    kept: list[Still] = []
    different = 0
    for still in stills:
        different += 1
        kept.append(still)
        if len(kept) > MOST:
            kept.pop(_closest(kept))
    return kept, different


def _closest(kept: list[Still]) -> int:
    """The one, neither first nor last, whose neighbours are nearest to each other."""
    return min(range(1, len(kept) - 1), key=lambda at: kept[at + 1].at - kept[at - 1].at)
