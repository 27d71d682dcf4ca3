"""Beside a labelled film stands another, which another teacher's lesson holds: what the box compares of the two."""

from __future__ import annotations

import base64
from pathlib import Path

from appliance.model import Alike
from appliance.originality import pairs
from appliance.originality.picture import PicturePrint
from appliance.probes.parent import look


def pictures(name: str, film: Path, held: Path) -> tuple[Alike, ...]:
    """As `intake.likeness` tells it of the film called `name`."""
    one, other = (PicturePrint.of(base64.b64decode(look("frames", path)["prints"])) for path in (film, held))
    pair = pairs.pictures(one, other, ())
    if pair is None:
        return ()
    return (
        Alike(name, "picture", pair.score, pair.amount, pair.start, pair.end, 2, spans=pair.spans, moments=pair.moments),
    )  # fmt: skip
