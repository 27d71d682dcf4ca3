"""QR codes in the pictures of documents and decks, and on the pages of a PDF (G7). Only found and shown."""

from __future__ import annotations

from typing import Any, BinaryIO

import numpy as np

from appliance.probes.code_reader import codes_in
from appliance.probes.documents.old_file import Unreadable
from appliance.probes.documents.picture_places import Place
from appliance.probes.documents.shown import shown

_MOST_CODES, _MOST_PLACES = 20, 30


def look(file: BinaryIO, size: int) -> dict[str, Any]:
    """`{"codes": [{"text", "places": [Place]}], "seen", "of"}`: pictures seen of how many; or `{"undetermined"}`.
    A code that is smaller than 1/40 of a picture is not for scanning."""
    rows: dict[str, list[Place]] = {}
    seen = of = 0
    try:
        for where, picture in shown(file):
            of += 1
            if picture is None:
                continue
            seen += 1
            for text in codes_in(np.asarray(picture)):
                if text in rows or len(rows) < _MOST_CODES:
                    known = rows.setdefault(text, [])
                    known += [place for place in where if place not in known][: _MOST_PLACES - len(known)]
    except Unreadable as why:
        return {"undetermined": str(why)}
    return {"codes": [{"text": text, "places": found} for text, found in rows.items()], "seen": seen, "of": of}
