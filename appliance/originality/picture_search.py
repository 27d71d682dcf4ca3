"""Which of all stored films show pictures of this one: every picture against every picture, in blocks. Ten thousand
films are a million pictures; numbers laid side by side go through them in seconds, and no index has to be kept."""

from __future__ import annotations

import importlib
import itertools
from collections.abc import Iterable
from typing import Any

from appliance.originality.picture import ROW, PicturePrint

LEAST = 4  # pictures; fewer are nobody's concern
_BLOCK = 64  # films at a time: some 6,000 pictures, 5 MB of working room


def meeting(one: PicturePrint, stored: Iterable[tuple[int, bytes]]) -> dict[int, set[int]]:
    """`stored`: (print, its data). For each print that has `LEAST` or more of this one's pictures: which of them, by
    place."""
    numpy = importlib.import_module("numpy")  # 30 MB that a process need not hold before there is a film
    places = [place for place, within in enumerate(one.within) if within >= 0]
    if len(places) < LEAST:
        return {}
    mine = _words(numpy, b"".join(one.bits[place].to_bytes(ROW - 4, "big") for place in places), 0)
    most = numpy.array([one.within[place] for place in places], numpy.uint8)
    found: dict[int, set[int]] = {}
    rows = iter(stored)
    while block := list(itertools.islice(rows, _BLOCK)):
        lengths = [len(data) // ROW for _, data in block]
        theirs = _words(numpy, b"".join(data[: len(data) // ROW * ROW] for _, data in block), 4)
        met = _near(numpy, mine, most, theirs)
        ends = itertools.accumulate(lengths)
        for (print_, _), length, end in zip(block, lengths, ends, strict=True):
            here = numpy.flatnonzero(met[:, end - length : end].any(axis=1))
            if len(here) >= LEAST:
                found[print_] = {places[place] for place in here.tolist()}
    return found


def _words(numpy: Any, data: bytes, skip: int) -> Any:
    """n×4 words of 64 bits of rows that each begin with `skip` other bytes."""
    rows = numpy.frombuffer(data, numpy.uint8).reshape(-1, ROW - 4 + skip)[:, skip:]
    return numpy.ascontiguousarray(rows).view(numpy.uint64)


def _near(numpy: Any, mine: Any, most: Any, theirs: Any) -> Any:
    """n×m: do they differ in at most so many bits?"""
    apart = numpy.zeros((len(mine), len(theirs)), numpy.uint16)
    for word in range(mine.shape[1]):
        apart += numpy.bitwise_count(mine[:, word, None] ^ theirs[None, :, word])
    return apart <= most[:, None]
