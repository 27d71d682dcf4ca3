"""How sharp the pictures are, at half the size of full HD; what is only soft at full size is not seen here."""

from __future__ import annotations

from statistics import median
from typing import Any

import cv2
import numpy as np

from appliance.probes.film.outline import Outline
from appliance.probes.film.reel import Picture

_LOOKED = 40  # pictures of one film, about
_LEAST_CONTRAST = 4.0  # a picture with less has no edge that could be sharp
_PIECE = 9  # pixels over which an edge is blurred again


class Sharpness:
    def __init__(self, film: Outline) -> None:
        self._gap = film.seconds / _LOOKED
        self._next = 0.0
        self._edges: list[float] = []
        self._blur: list[float] = []

    def see(self, picture: Picture) -> None:
        if picture.at < self._next or float(picture.small.std()) < _LEAST_CONTRAST:
            return
        self._next = picture.at + self._gap * 0.9
        _, spread = cv2.meanStdDev(cv2.Laplacian(picture.grey, cv2.CV_16S))
        self._edges.append(float(spread[0][0]) ** 2)
        self._blur.append(_blur(picture))

    def answer(self) -> dict[str, Any]:
        """`{"sharp": {"looked", "edges": variance of the Laplacian, "blur": 0 sharp to 1}}`; medians, `None` when
        there was nothing to see."""
        looked = len(self._edges)
        edges = round(median(self._edges), 1) if looked else None
        return {"sharp": {"looked": looked, "edges": edges, "blur": round(median(self._blur), 3) if looked else None}}


def _blur(picture: Picture) -> float:
    """How little is lost when the picture is blurred once more: a sharp edge falls apart, a soft one stays. Contrast
    has no part in it, so that a dark or plain picture is not taken for a blurred one."""
    grey = picture.grey.astype(np.int16)
    again = cv2.blur(picture.grey, (_PIECE, _PIECE)).astype(np.int16)
    kept = []
    for axis in (0, 1):
        was, now = np.abs(np.diff(grey, axis=axis)), np.abs(np.diff(again, axis=axis))
        lost = np.maximum(was - now, 0).sum(dtype=np.int64)
        kept.append(1 - int(lost) / max(int(was.sum(dtype=np.int64)), 1))
    return max(kept)
