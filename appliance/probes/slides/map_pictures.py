"""Pictures in a deck that look like maps (C2): the names of places stand about in them, each by itself.

Names one below another, or side by side in a row, are a table or a text and no map.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

import numpy as np
from PIL import Image

from appliance.probes.documents.old_file import Unreadable
from appliance.probes.documents.shown import shown
from appliance.probes.film.ocr import MISSING, Line, Reader
from appliance.probes.slides.place_names import is_key, names_of

_SIDE = 960  # pixels of the longer side in which lines are looked for: names on maps are small
_GLANCE, _LEAST_LINES = 320, 4  # pixels of the longer side, and lines: what shows fewer is not read
_SURE = 0.8  # of a line; below it letters are guessed
_LEAST_SIDE = 200  # pixels; a smaller picture shows no map that can be read
_STEP = 0.04  # of the picture: nearer together, names share a column or a row
_LEAST_STEPS = 3  # columns and rows
_MOST_NAMES = 12


def look(file: BinaryIO, size: int) -> dict[str, Any]:
    """`{"maps": [{"places": [Place], "names": [place name], "key": whether 图例 or 比例尺 stands there}], "seen", "of"}`:
    pictures that name at least two places, and how many were seen of how many; or `{"undetermined": why}`."""
    reader = None
    maps: list[dict[str, Any]] = []
    seen = of = 0
    try:
        for where, picture in shown(file):
            of += 1
            if picture is None:
                continue
            reader = reader or Reader.make(_SIDE)
            if reader is None:
                return {"undetermined": MISSING}
            seen += 1
            lines = _lines(reader, picture)
            if names := _about(lines):
                key = any(is_key(line.text) for line in lines)
                maps.append({"places": where, "names": names[:_MOST_NAMES], "key": key})
    except Unreadable as why:
        return {"undetermined": str(why)}
    return {"maps": maps, "seen": seen, "of": of}


def _lines(reader: Reader, picture: Image.Image) -> list[Line]:
    if min(picture.size) < _LEAST_SIDE or reader.count(_pixels(picture, _GLANCE)) < _LEAST_LINES:
        return []
    return [line for line in reader.lines(_pixels(picture, _SIDE)) if line.surest >= _SURE]


def _pixels(picture: Image.Image, side: int) -> Any:
    small = picture.copy()
    small.thumbnail((side, side))
    return np.asarray(small.convert("RGB"))


def _about(lines: Sequence[Line]) -> list[str]:
    """The places named, when they stand about."""
    named = {name: line.box for line in lines for name in names_of(line.text)}
    across = [(left + right) / 2 for left, _, right, _ in named.values()]
    down = [(top + bottom) / 2 for _, top, _, bottom in named.values()]
    return list(named) if min(_steps(across), _steps(down)) >= min(_LEAST_STEPS, max(len(named), 2)) else []


def _steps(at: Iterable[float]) -> int:
    """How many groups are further apart than a step."""
    steps, last = 0, -1.0
    for one in sorted(at):
        if one - last > _STEP:
            steps += 1
        last = one
    return steps
