"""Stretches in which the picture is black or does not change at all. As coarse as the key frames lie apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from appliance.probes.film.reel import Grey, Picture

BLACK, SPECK = 24, 0.002  # of 255; share of the picture that may be lighter (a logo, noise)
_STEP, _CHANGED = 10, 6  # of 255 and pixels of 160×90: below is the noise of the codec
_MOST = 40  # longest ones
_LEAST_S = 8.0  # a still picture shorter than this is everyday


@dataclass
class Rest:
    """Seconds of the film. `before`, `after`: the pictures beside that were otherwise; `None` at an end of the film."""

    since: float
    until: float
    before: float | None
    after: float | None = None


class Rests:
    def __init__(self) -> None:
        self.black: list[Rest] = []
        self._still: list[Rest] = []
        self._anchor: Grey | None = None  # the first of a rest: a slow fade moves away from it in the end
        self._anchored = self._at = 0.0

    def see(self, picture: Picture) -> None:
        black = is_black(picture.small)
        alike = self._anchor is not None and not _changed(self._anchor, picture.small)
        before = self._at if self._anchor is not None else None
        if black:
            _extend(self.black, picture.at, picture.at, before, self._at)
        else:
            _close(self.black, picture.at, self._at)
        if alike and not black:
            _extend(self._still, self._anchored, picture.at, None, self._at)
        if not alike:
            self._anchor, self._anchored = picture.small, picture.at
        self._at = picture.at

    def answer(self) -> dict[str, Any]:
        """`{"black", "still": [[from, to], …]}` in seconds, in order; the longest, when there are many."""
        still = [rest for rest in self._still if rest.until - rest.since >= _LEAST_S]
        return {"black": _rows(self.black), "still": _rows(still)}


def is_black(picture: Grey) -> bool:
    return float((picture > BLACK).mean()) <= SPECK


def _changed(one: Grey, other: Grey) -> bool:
    return int((np.abs(one.astype(np.int16) - other) > _STEP).sum()) > _CHANGED


def _extend(rests: list[Rest], since: float, until: float, before: float | None, last: float) -> None:
    """Goes on with the last rest when it reached to the picture before this one, else begins another."""
    if rests and rests[-1].until == last and rests[-1].after is None:
        rests[-1].until = until
    else:
        rests.append(Rest(since, until, before))


def _close(rests: list[Rest], at: float, last: float) -> None:
    if rests and rests[-1].until == last and rests[-1].after is None:
        rests[-1].after = at


def _rows(rests: list[Rest]) -> list[list[float]]:
    longest = sorted(rests, key=lambda rest: rest.since - rest.until)[:_MOST]
    return [[round(rest.since, 1), round(rest.until, 1)] for rest in sorted(longest, key=lambda rest: rest.since)]
