"""Which of the pictures show new writing, and where in them: words are read there only, and nothing is read twice.

Only what looks like writing counts, many edges close together: a teacher who walks before a slide is nothing to read.
"""

from __future__ import annotations

from collections import deque
from typing import Any

import cv2
import numpy as np

from appliance.probes.film.chosen import Chosen, Spared
from appliance.probes.film.reel import Grey, Picture

_GRID = 6  # pixels of 960×540: every sixth of every sixth row is compared
_REMEMBERED = 100  # pictures; 3 MB
_CHANGED = 40  # of 255: the noise of the codec stays below, writing on its ground does not
_EDGE, _CROWDED = 30, 0.12  # of 255; share of the pixels around that are edges: one outline stays below
_AROUND = (20, 20)  # pixels: a character or two
_LEAST = 20  # points: a short line of small writing
_CELL = 5  # points: 30 pixels, one or two characters
_SPECK = 3  # points of a cell

_Points = np.ndarray[Any, np.dtype[Any]]


class Distinct:
    def __init__(self) -> None:
        self._shown: deque[_Points] = deque(maxlen=_REMEMBERED)
        self.spared = Spared()
        self.seen = 0

    def see(self, picture: Picture) -> None:
        points = _grid(picture.grey).astype(np.int16)
        if self._shown and points.shape != self._shown[-1].shape:  # a film may change its size on the way
            self._shown.clear()
        new = self._new(points, _grid(_writing(picture.grey)))
        if new.sum() >= _LEAST:
            self._shown.append(points)
            self.spared.add(Chosen(self.seen, round(picture.at, 1), _around(new, picture.grey)))
        self.seen += 1

    def _new(self, points: _Points, writing: _Points) -> _Points:
        """Of each cell, the points of writing that no earlier picture showed there: the slide may have stood in one
        picture and the teacher before it in another."""
        fewest = _cells(writing)
        for other in reversed(self._shown):
            fewest = np.minimum(fewest, _cells(writing & (np.abs(points - other) > _CHANGED)))
            if fewest.sum() < _LEAST:
                break
        return fewest

    def answer(self) -> dict[str, Any]:
        """`{"distinct": {"chosen": [{number, at, box}], in the order of the film, "of": different ones}}`."""
        return {"distinct": {"chosen": [one.row() for one in self.spared.kept], "of": self.spared.count}}


def _grid(plane: _Points) -> _Points:
    return plane[_GRID // 2 :: _GRID, _GRID // 2 :: _GRID]


def _writing(grey: Grey) -> _Points:
    """Where edges crowd."""
    here, below, beside = grey[:-1, :-1], grey[1:, :-1], grey[:-1, 1:]
    steps = np.maximum(cv2.absdiff(here, below), cv2.absdiff(here, beside))
    edges = cv2.threshold(cv2.copyMakeBorder(steps, 0, 1, 0, 1, cv2.BORDER_REPLICATE), _EDGE, 255, cv2.THRESH_BINARY)[1]
    return np.asarray(cv2.blur(edges, _AROUND) > 255 * _CROWDED)


def _cells(points: _Points) -> _Points:
    """How many points of each cell are marked."""
    rows, columns = (-(-length // _CELL) * _CELL for length in points.shape)
    whole = np.zeros((rows, columns), np.uint8)
    whole[: points.shape[0], : points.shape[1]] = points
    return np.asarray(whole.reshape(rows // _CELL, _CELL, columns // _CELL, _CELL).sum(axis=(1, 3)))


def _around(new: _Points, grey: Grey) -> tuple[int, int, int, int]:
    """The cells in which more than a speck is new, and one more on each side, so that no line is cut."""
    side = _CELL * _GRID
    marked = new >= min(_SPECK, new.max())
    rows, columns = np.flatnonzero(marked.any(axis=1)), np.flatnonzero(marked.any(axis=0))
    left, top = (max(int(one[0]) - 1, 0) * side for one in (columns, rows))
    right, bottom = (int(one[-1] + 2) * side for one in (columns, rows))
    return left, top, min(right, grey.shape[1]), min(bottom, grey.shape[0])
