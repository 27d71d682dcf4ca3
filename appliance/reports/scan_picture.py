"""A scan as a picture to look at beside its record: a PDF's first page, drawn in a fenced child the first time that
somebody looks, and kept with the other evidence; it can be drawn again from the bytes."""

from __future__ import annotations

import base64
from pathlib import Path

from appliance.probes.parent import look
from appliance.station import Station

NAME = "first-page"


def picture(station: Station, sha256: str) -> Path | None:
    """None when it cannot be drawn: a password, a broken file, no file."""
    evidence, pdf = station.evidence(), station.store().path(sha256)
    kept = evidence.path(sha256, NAME)
    if kept is not None or not pdf.is_file():
        return kept
    drawn = look("first_page", pdf).get("pictures", {}).get(NAME, "")
    data = base64.b64decode(drawn) if isinstance(drawn, str) else b""
    if not data.startswith(b"\xff\xd8\xff"):
        return None
    evidence.save(sha256, NAME, data)
    return evidence.path(sha256, NAME)
