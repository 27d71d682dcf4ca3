"""The title card (V3, E6): what is written in the first nine seconds, read picture by picture.

Whether it is what the notice asks for is for a rule to say; here stands only what was read, when, and how surely.
"""

from __future__ import annotations

import base64
from typing import Any, BinaryIO

from appliance.probes.film.ocr import MISSING, Reader
from appliance.probes.film.stills import Still, at_seconds, differ, sheet

SECONDS = (0.5, 2.5, 4.5, 5.5, 6.5, 8.5)  # around the card's end the steps are short
_MOST_LINES = 60  # a card has five or six; a page of a book under the camera has more, and is none


def look(file: BinaryIO, size: int) -> dict[str, Any]:
    """`{"shots": [{"at": [seconds], "lines": [{text, surest, least, box}]}], "pictures": {"card": JPEG}}`; a shot is
    what stood unchanged at these seconds. Without OCR `undetermined` says so, and the picture is there all the same."""
    shots = _shots(at_seconds(file, SECONDS))
    if not shots:
        return {"undetermined": "开头的画面解不出来"}
    answer: dict[str, Any] = {"pictures": {"card": base64.b64encode(sheet([shown[-1] for shown in shots])).decode()}}
    reader = Reader.make()
    if reader is None:
        return {**answer, "undetermined": MISSING}
    return {**answer, "shots": [_read(reader, shown) for shown in shots]}


def _shots(stills: list[Still]) -> list[list[Still]]:
    """Neighbours that show the same, together. The last of each is read: by then a card has faded in."""
    shots: list[list[Still]] = []
    for still in stills:
        if shots and not differ(shots[-1][-1].points(), still.points()):
            shots[-1].append(still)
        else:
            shots.append([still])
    return shots


def _read(reader: Reader, shown: list[Still]) -> dict[str, Any]:
    lines = [line.row() for line in reader.read(shown[-1])[:_MOST_LINES]]
    return {"at": [still.at for still in shown], "lines": lines}
