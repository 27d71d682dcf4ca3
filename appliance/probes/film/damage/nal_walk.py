"""Follows the lengths of the NAL units of each sample: in a film that is whole, they add up to it exactly.

In MP4 a sample of H.264 or H.265 is a row of units, each with its length before it. A length of 0 is harmless, and
zeros that fill a sample up are: some encoders and camera chips write them.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Sequence

from appliance.probes.film.mp4.track import NotTold

_FORMS = {1: ">B", 2: ">H", 4: ">I"}
_MOST_UNITS = 20_000_000
_FORBIDDEN = 0x80  # the first bit of every unit is 0


class Walk:
    """Over samples in the order of the file, none overlapping another. `broken`: numbers of those that do not add
    up. `width`: bytes of a length. Raises `NotTold`."""

    def __init__(self, places: Sequence[int], sizes: Sequence[int], width: int) -> None:
        if width not in _FORMS:
            raise NotTold("长度字段不是常见的写法")
        self.places, self.sizes, self.width = places, sizes, width
        self.broken = array("Q")
        self.sample = -1
        self._units = 0
        self._at = self._end = 0
        self._next()

    @property
    def done(self) -> bool:
        return self.sample >= len(self.places)

    def through(self, window: bytearray, base: int) -> None:
        """As far as the window reaches; what it cuts is read again in the next, which overlaps it."""
        length_at = struct.Struct(_FORMS[self.width]).unpack_from
        width, stop = self.width, base + len(window)
        while not self.done:
            at, end = self._at, self._end
            last = min(end, stop) - width  # a unit without its first byte is no unit
            units = 0
            while at < last:
                (length,) = length_at(window, at - base)
                if at + width + length > end or (length and window[at - base + width] & _FORBIDDEN):
                    break
                at += width + length
                units += 1
            self._count(units)
            self._at = at
            if at >= last and end > stop:
                return
            if at < last or (at < end and any(window[at - base : end - base])):
                self.broken.append(self.sample)
            self._next()

    def _next(self) -> None:
        self.sample += 1
        if not self.done:
            self._at = self.places[self.sample]
            self._end = self._at + self.sizes[self.sample]

    def _count(self, units: int) -> None:
        self._units += units
        if self._units > _MOST_UNITS:
            raise NotTold("画面太碎，没有查完")
