"""Reads a file once, window by window, and finds where one and the same byte stands for long.

A run of `least` bytes covers at least `least // STEP` of the bytes that stand `STEP` apart: only those are looked
at, so that finding costs a hundredth of reading.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import BinaryIO

STEP = 128
WINDOW = 1 << 20  # bytes; about what a processor keeps close
_BLOCK = 4096
_MOST_RUNS = 200_000


class Runs:
    """`found`: [start, end) of each run of `byte` that is at least `least` bytes long, in the order of the file."""

    def __init__(self, byte: bytes, least: int) -> None:
        self.byte, self.least = byte, least
        self.found: list[tuple[int, int]] = []
        self._sparse = byte * (least // STEP)
        self._block = byte * _BLOCK

    @property
    def too_many(self) -> bool:
        return len(self.found) >= _MOST_RUNS

    def through(self, window: bytearray, base: int) -> None:
        """`window` begins at `base` in the file, and no later than `least` before the end of the one before."""
        sparse = window[::STEP]
        at = sparse.find(self._sparse)
        while at >= 0 and not self.too_many:
            start, end = self._bounds(window, at * STEP)
            if end - start >= self.least:
                self._add(base + start, base + end)
            at = sparse.find(self._sparse, max(at + 1, -(-end // STEP)))

    def _bounds(self, window: bytearray, at: int) -> tuple[int, int]:
        before = window[max(at - STEP, 0) : at]
        start, end = at - len(before) + len(before.rstrip(self.byte)), at
        while window[end : end + _BLOCK] == self._block:
            end += _BLOCK
        rest = window[end : end + _BLOCK]
        return start, end + len(rest) - len(rest.lstrip(self.byte))

    def _add(self, start: int, end: int) -> None:
        if self.found and start <= self.found[-1][1]:
            self.found[-1] = (self.found[-1][0], max(end, self.found[-1][1]))
        else:
            self.found.append((start, end))


def windows(file: BinaryIO, start: int, end: int, overlap: int) -> Iterator[tuple[bytearray, int]]:
    """(window, where it begins), each but the last `WINDOW` bytes; ends early where the file does. The same
    bytearray each time: done with before the next is asked for."""
    window = bytearray(WINDOW)
    at = start
    while at < end:
        want = min(WINDOW, end - at)
        if want < len(window):
            window = bytearray(want)
        got = os.preadv(file.fileno(), [window], at)
        if got < want:
            del window[got:]
        if not got:
            return
        yield window, at
        if at + got >= end or got < want:
            return
        at += got - overlap
