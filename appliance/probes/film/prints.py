"""A fingerprint of 64 bits for each picture that is not like the one before it: what stays the same when a film is
encoded, scaled or cut anew. It does not tell slides of one template apart."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np

from appliance.probes.film.reel import Grey, Picture

_SIDE, _KEPT = 32, 8
_APART = 3  # bits


class Prints:
    def __init__(self) -> None:
        self._rows: list[tuple[float, int]] = []

    def see(self, picture: Picture) -> None:
        bits = fingerprint(picture.grey)
        if not self._rows or (self._rows[-1][1] ^ bits).bit_count() > _APART:
            self._rows.append((round(picture.at, 1), bits))

    def answer(self) -> dict[str, Any]:
        """`{"prints": [[second, 16 hex digits], …]}`."""
        return {"prints": [[at, f"{bits:016x}"] for at, bits in self._rows]}


def fingerprint(grey: Grey) -> int:
    """Which of the 63 slowest waves of the picture (DCT), beside its mean, are stronger than their median."""
    waves = cv2.dct(cv2.resize(grey, (_SIDE, _SIDE), interpolation=cv2.INTER_AREA).astype(np.float32))
    slow = waves[:_KEPT, :_KEPT].flatten()
    return int("".join("1" if one else "0" for one in slow > np.median(slow[1:])), 2)
