"""Words in the picture that may be advertising or contact data (G7), with the second at which they stand.

The look `frames` found the key frames that show new writing, and only these are decoded again. Without its answer (a
film that it decoded whole, a look that did not come to its end) they are looked for here.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Any, BinaryIO

from appliance.probes.documents.signs import Signs
from appliance.probes.film.ocr import MISSING, SIDE, Reader

_SURE = 0.8  # of a line; below it letters are guessed


def look(file: BinaryIO, size: int, earlier: Mapping[str, Any]) -> dict[str, Any]:
    """`{"signs": [{kind, text, place: second}], "read": pictures, "of": different ones}`."""
    reader = Reader.make(SIDE)
    if reader is None:
        return {"undetermined": MISSING}
    # NumPy and OpenCV, which are there when the reader is.
    again = importlib.import_module("appliance.probes.film.again")
    wanted, different = again.chosen(file, earlier) or (None, 0)
    if wanted is None:
        return {"undetermined": "画面解不出来"}
    signs, seen, read = Signs(), set(), 0
    for at, part in again.parts(file, wanted):
        read += 1
        for line in reader.lines(part):
            if line.surest >= _SURE and line.text not in seen:
                seen.add(line.text)  # what stands there for minutes is told once, where it first stands
                signs.see(line.text, round(at))
    if wanted and not read:
        return {"undetermined": "画面解不出来"}
    return {"signs": signs.rows, "read": read, "of": different}
