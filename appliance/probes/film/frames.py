"""What the pictures of a film show, from some hundred of its key frames: light, sharpness, steadiness, black and
still stretches, faces (that one is there, not whose), QR codes, fingerprints, and a contact sheet for people.

Nothing here is decided; what lies between the pictures was not seen, and `widest_s` says how long that is.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any, BinaryIO, Protocol

import cv2

from appliance.probes.film import closer, reel
from appliance.probes.film.codes import Codes
from appliance.probes.film.distinct import Distinct
from appliance.probes.film.faces import Faces
from appliance.probes.film.light import Light
from appliance.probes.film.outline import Outline, outline
from appliance.probes.film.prints import Prints
from appliance.probes.film.reel import Picture
from appliance.probes.film.rests import Rests
from appliance.probes.film.sharp import Sharpness
from appliance.probes.film.sheet import Sheet

_SPARSE_S = 60.0  # key frames farther apart on average say too little
_EACH_S = 5.0  # of a film that is decoded whole
_PATIENCE_S = 150.0  # for that; what was not reached is not told of

cv2.setNumThreads(1)


class Measure(Protocol):
    def see(self, picture: Picture) -> None: ...
    def answer(self) -> dict[str, Any]: ...


def look(file: BinaryIO, size: int) -> dict[str, Any]:
    """`{"seen": pictures, "until_s", "widest_s", "whole": decoded whole, …}` and the answers of the measures, or
    `{"undetermined": why}`."""
    film = outline(file)
    if film is None:
        return {"undetermined": "画面解不出来"}
    few = _Passage(file, film, reel.key_frames(file, film))
    if film.seconds <= _SPARSE_S or few.count * _SPARSE_S >= film.seconds:
        return few.answer(whole=False)
    all_of_it = _Passage(file, film, _patiently(reel.every(file, _EACH_S)))
    best = max(few, all_of_it, key=lambda one: one.count)
    return best.answer(whole=best is all_of_it)


class _Passage:
    """One run of pictures past the measures."""

    def __init__(self, file: BinaryIO, film: Outline, pictures: Iterator[Picture]) -> None:
        self._file, self._film = file, film
        self.count, self._last, self._widest = 0, 0.0, 0.0
        self._rests = Rests()
        self._measures: tuple[Measure, ...] = (
            Light(), Sharpness(film), closer.Steadiness(file), Faces(film), Codes(), Prints(), Distinct(), Sheet(),
        )  # fmt: skip
        for picture in pictures:
            self._widest = max(self._widest, picture.at - self._last)
            self.count, self._last = self.count + 1, picture.at
            for measure in (self._rests, *self._measures):
                measure.see(picture)

    def answer(self, whole: bool) -> dict[str, Any]:
        if not self.count:
            return {"undetermined": "画面解不出来"}
        closer.sharpen(self._file, self._rests.black)
        widest = max(self._widest, self._film.seconds - self._last)
        told: dict[str, Any] = {
            "seen": self.count, "until_s": round(self._last, 1), "widest_s": round(widest, 1), "whole": whole,
        }  # fmt: skip
        pictures: dict[str, str] = {}
        for measure in (self._rests, *self._measures):
            answer = measure.answer()
            pictures.update(answer.pop("pictures", {}))
            told.update(answer)
        return {**told, "pictures": pictures}


def _patiently(pictures: Iterator[Picture]) -> Iterator[Picture]:
    end = time.monotonic() + _PATIENCE_S
    for picture in pictures:
        yield picture
        if time.monotonic() > end:
            return
