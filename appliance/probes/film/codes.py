"""QR codes in the pictures, with what they say. A picture like the one before it is not read again."""

from __future__ import annotations

from typing import Any

import numpy as np

from appliance.probes.code_reader import codes_in
from appliance.probes.film.reel import Grey, Picture

_MOST = 20
_STEP, _CHANGED = 12, 4  # of 255; pixels of 160×90


class Codes:
    def __init__(self) -> None:
        self._rows: dict[str, float] = {}
        self._last: Grey | None = None

    def see(self, picture: Picture) -> None:
        if self._last is not None and _alike(self._last, picture.small):
            return
        self._last = picture.small
        for text in codes_in(picture.grey):
            if len(self._rows) < _MOST:
                self._rows.setdefault(text, round(picture.at, 1))

    def answer(self) -> dict[str, Any]:
        """`{"codes": [{"text", "at": second of the film where it was first seen}]}`."""
        return {"codes": [{"text": text, "at": at} for text, at in self._rows.items()]}


def _alike(one: Grey, other: Grey) -> bool:
    return int((np.abs(one.astype(np.int16) - other) > _STEP).sum()) < _CHANGED
