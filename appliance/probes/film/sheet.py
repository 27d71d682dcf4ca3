"""The contact sheet: twenty pictures of a film, spread evenly, with the minute and second beneath each."""

from __future__ import annotations

import base64
from typing import Any

import cv2
import numpy as np

from appliance.probes.film.reel import Picture

COLUMNS, ROWS = 4, 5
_WIDTH, _HEIGHT = 240, 135
_LINE, _GAP = 26, 8
_MOST_BYTES = 250_000
_QUALITIES = (82, 70, 55, 40, 25)
_Colour = np.ndarray[Any, np.dtype[np.uint8]]


class Sheet:
    """How long the film is need not be known: of more than forty pictures every other goes, and fewer come."""

    def __init__(self) -> None:
        self._kept: list[tuple[float, _Colour]] = []
        self._stride, self._count = 1, 0

    def see(self, picture: Picture) -> None:
        if self._count % self._stride == 0:
            self._kept.append((picture.at, picture.thumbnail(_WIDTH, _HEIGHT)))
        self._count += 1
        if len(self._kept) > 4 * COLUMNS * ROWS:
            self._kept, self._stride = self._kept[::2], self._stride * 2

    def answer(self) -> dict[str, Any]:
        """`{"pictures": {"contact": base64 of a JPEG}}`."""
        data = self._jpeg()
        return {"pictures": {"contact": base64.b64encode(data).decode()}} if data else {}

    def _jpeg(self) -> bytes:
        sheet = _laid_out(_spread(self._kept))
        for quality in _QUALITIES:
            done, data = cv2.imencode(".jpg", sheet, [cv2.IMWRITE_JPEG_QUALITY, quality])
            if done and data.nbytes <= _MOST_BYTES:
                return data.tobytes()
        return b""


def _spread(kept: list[tuple[float, _Colour]]) -> list[tuple[float, _Colour]]:
    """The pictures nearest to twenty moments that lie evenly in the time seen."""
    if len(kept) <= COLUMNS * ROWS:
        return kept
    first, last = kept[0][0], kept[-1][0]
    step = (last - first) / (COLUMNS * ROWS - 1)
    moments = [first + step * number for number in range(COLUMNS * ROWS)]
    chosen = {min(range(len(kept)), key=lambda at: abs(kept[at][0] - moment)) for moment in moments}
    return [kept[at] for at in sorted(chosen)]


def _laid_out(pictures: list[tuple[float, _Colour]]) -> _Colour:
    rows = max(-(-len(pictures) // COLUMNS), 1)
    wide, high = _WIDTH + _GAP, _HEIGHT + _LINE + _GAP
    sheet = np.full((rows * high + _GAP, COLUMNS * wide + _GAP, 3), 255, np.uint8)
    for number, (at, thumbnail) in enumerate(pictures):
        top, left = _GAP + number // COLUMNS * high, _GAP + number % COLUMNS * wide
        sheet[top : top + _HEIGHT, left : left + _WIDTH] = thumbnail
        cv2.putText(
            sheet,
            clock(at),
            (left + 4, top + _HEIGHT + 19),
            cv2.FONT_HERSHEY_SIMPLEX,
            0.55,
            (30, 30, 30),
            1,
            cv2.LINE_AA,
        )
    return sheet


def clock(seconds: float) -> str:
    """725.2 → 12:05"""
    minutes, rest = divmod(int(max(seconds, 0)), 60)
    return f"{minutes}:{rest:02d}"
