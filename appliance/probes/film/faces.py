"""In how many of the pictures a face is seen. Only that one is there: nobody is recognised, nothing of it is kept.

The cascade that ships with OpenCV finds faces that look into the camera. It takes drawings and patterns for faces too,
so what it finds must also have the colour of skin. Profiles, masks and faces smaller than a tenth of the picture's
height are missed; so a low share is for a person to look at.
"""

from __future__ import annotations

from pathlib import Path
from statistics import median
from typing import Any

import cv2
import numpy as np

from appliance.probes.film.outline import Outline
from appliance.probes.film.reel import Grey, Picture

_LOOKED = 40  # pictures of one film, about
_WIDTH = 640
_LEAST = 36  # pixels at that width
_SCALE, _NEIGHBOURS = 1.2, 5
_SKIN_SHARE = 0.35
_BLUE, _RED = (85, 128), (135, 180)  # chroma of skin, light and dark alike


class Faces:
    def __init__(self, film: Outline) -> None:
        self._gap = film.seconds / _LOOKED
        self._next = 0.0
        self._looked = 0
        self._seen_at: list[float] = []
        self._light: list[float] = []
        self._sides: list[float] = []
        self._cascade = _cascade()

    def see(self, picture: Picture) -> None:
        if self._cascade is None or picture.at < self._next or self._looked >= 2 * _LOOKED:
            return
        self._next = picture.at + self._gap * 0.9  # key frames come a little late
        self._looked += 1
        found = [face for face in self._found(picture.grey) if _skin(picture, face)]
        if found:
            self._seen_at.append(round(picture.at, 1))
            self._measure(picture.grey, max(found, key=lambda face: face[2]))

    def _found(self, grey: Grey) -> list[tuple[int, int, int, int]]:
        """Boxes (left, top, width, height) in pixels of `grey`."""
        assert self._cascade is not None
        scale = min(_WIDTH / grey.shape[1], 1.0)
        small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        boxes = self._cascade.detectMultiScale(small, _SCALE, _NEIGHBOURS, minSize=(_LEAST, _LEAST))
        return [tuple(int(value / scale) for value in box) for box in boxes]  # type: ignore[misc]

    def _measure(self, grey: Grey, face: tuple[int, int, int, int]) -> None:
        """How light its middle is, and how far its halves differ (0 alike, 1 one is black)."""
        left, top, width, height = face
        middle = grey[top + height // 4 : top + height * 4 // 5, left + width // 5 : left + width * 4 // 5]
        halves = sorted(float(half.mean()) for half in np.array_split(middle, 2, axis=1))
        self._light.append(float(np.median(middle)))
        self._sides.append(1 - halves[0] / max(halves[1], 1.0))

    def answer(self) -> dict[str, Any]:
        """`{"faces": {"looked", "seen": pictures, "at": seconds of the film, "light": 0–255 or None, "sides": 0–1 or
        None}}`."""
        if self._cascade is None:
            return {"faces": {"undetermined": "没有装认人脸的程序"}}
        light = round(median(self._light)) if self._light else None
        sides = round(median(self._sides), 2) if self._sides else None
        shown = {
            "looked": self._looked,
            "seen": len(self._seen_at),
            "at": self._seen_at,
            "light": light,
            "sides": sides,
        }
        return {"faces": shown}


def _cascade() -> cv2.CascadeClassifier | None:
    """OpenCV 5 has neither the class nor its data; then nobody looks, and that is said."""
    if not hasattr(cv2, "CascadeClassifier"):
        return None
    data = Path(cv2.__file__).parent / "data"
    cascade = cv2.CascadeClassifier(str(data / "haarcascade_frontalface_alt2.xml"))
    return None if cascade.empty() else cascade


def _skin(picture: Picture, face: tuple[int, int, int, int]) -> bool:
    left, top, width, height = (value // 2 for value in face)
    rows = picture.grey.shape[0] // 2
    inner = (slice(top + height // 4, top + height * 3 // 4), slice(left + width // 4, left + width * 3 // 4))
    planes = picture.chroma.reshape(2, rows, -1)
    blue, red = planes[0][inner], planes[1][inner]
    skin = (blue >= _BLUE[0]) & (blue <= _BLUE[1]) & (red >= _RED[0]) & (red <= _RED[1])
    return bool(skin.size) and float(skin.mean()) >= _SKIN_SHARE
