"""Is something written on the pages of an image or a PDF, and what do they look like in black and white?

The ink of a page is what is clearly darker than the paper around it, so that shadows and grey paper do not count. A
page is brought to one size by the box around its ink; a photograph taken at a slant stays slanted.
"""

from __future__ import annotations

import base64
import zlib
from typing import Any, BinaryIO

import cv2
import numpy as np

from appliance.probes.documents.old_file import Unreadable
from appliance.probes.documents.sheets import Grey, ink_of, of_each

WIDTH, HEIGHT = 256, 360  # of the black and white picture of a page
_LEAST_MARK, _TALLEST_MARK = 8, 0.2  # pixels of ink; share of the longer side


def look(file: BinaryIO, size: int) -> dict[str, Any]:
    """`{"pages": [{"ink": share of the page, "marks": separate pieces of ink of the size of writing, "bits": base64 of
    the deflated 256×360 bits}], "cut"}` of the first twenty sheets, or `{"undetermined": why}`."""
    try:
        pages, cut = of_each(file, _page)
    except Unreadable as why:
        return {"undetermined": str(why)}
    return {"pages": pages, "cut": cut}


def _page(grey: Grey) -> dict[str, Any]:
    ink = ink_of(grey)
    count, _, boxes, _ = cv2.connectedComponentsWithStats(ink)
    tallest = _TALLEST_MARK * max(ink.shape)
    written = sum(
        1 for box in boxes[1:count]
        if box[cv2.CC_STAT_AREA] >= _LEAST_MARK and max(box[cv2.CC_STAT_WIDTH], box[cv2.CC_STAT_HEIGHT]) <= tallest
    )  # fmt: skip
    bits = base64.b64encode(zlib.compress(np.packbits(_boxed(ink)).tobytes(), 9)).decode()
    return {"ink": round(float(ink.mean()), 4), "marks": written, "bits": bits}


def _boxed(ink: Grey) -> Grey:
    """`HEIGHT`×`WIDTH` of 0 and 1: what lies in the box around the ink, the longer side upright. Specks do not widen
    the box."""
    if ink.shape[1] > ink.shape[0]:
        ink = np.rot90(ink)
    rows, columns = (_span(ink.sum(axis=axis)) for axis in (1, 0))
    part = np.ascontiguousarray(ink[rows, columns]) * 255
    small = cv2.resize(part, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA)
    return (small > 64).astype(np.uint8)


def _span(sums: np.ndarray[Any, Any]) -> slice:
    """Where the ink begins and ends: a thousandth of it may lie outside at either end."""
    total = np.cumsum(sums)
    if not total.size or not total[-1]:
        return slice(0, max(int(sums.size), 1))
    first, last = np.searchsorted(total, (total[-1] * 0.001, total[-1] * 0.999))
    return slice(int(first), int(last) + 1)
