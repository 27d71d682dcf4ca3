"""The print of a film's pictures: for each picture that is not like the one before it 255 bits, which stay the same
when a film is encoded, scaled, stretched or framed anew; and a small picture of each, to lay beside others'.

Black bars are cut off first, so that a film with bars and one without have the same print. A picture that shows
nothing (black, one colour) has none.
"""

from __future__ import annotations

import base64
from typing import Any

import cv2
import numpy as np

from appliance.originality.picture import PicturePrint
from appliance.probes.film.reel import Grey, Picture

AT = "at-"  # names of the small pictures: the tenth of a second at which they stand
_SIDE, _KEPT = 64, 16
_APART = 6  # bits
_LEAST_SPREAD = 6.0  # of 255: standard deviation of a picture that shows something
_DARK = 30  # of 255; bars are darker
_WIDEST_BAR = 0.3  # of the height or width
_MOST_SMALL = 60  # pictures of one film
_WIDTH, _HEIGHT, _QUALITY = 192, 108, 60


class Prints:
    def __init__(self) -> None:
        self._seen: list[tuple[float, Grey, bytes]] = []

    def see(self, picture: Picture) -> None:
        done, small = cv2.imencode(".jpg", picture.thumbnail(_WIDTH, _HEIGHT), [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
        self._seen.append((picture.at, picture.small, small.tobytes() if done else b""))

    def answer(self) -> dict[str, Any]:
        """`{"prints": base64 of a `PicturePrint`, "pictures": {"at-00125": base64 of a JPEG}}`."""
        inside = _inside([small for _, small, _ in self._seen])
        rows: list[tuple[int, int]] = []
        shown: list[tuple[int, bytes]] = []
        for at, small, image in self._seen:
            part = np.ascontiguousarray(small[inside])
            tenths, bits = round(max(at, 0) * 10), fingerprint(part)
            if part.std() >= _LEAST_SPREAD and not (rows and (rows[-1][1] ^ bits).bit_count() <= _APART):
                rows.append((tenths, bits))
                shown.append((tenths, image))
        each = -(-len(shown) // _MOST_SMALL) or 1
        return {
            "prints": base64.b64encode(PicturePrint.of_rows(rows).data()).decode(),
            "pictures": {f"{AT}{at:05d}": base64.b64encode(image).decode() for at, image in shown[::each] if image},
        }


def fingerprint(grey: Grey) -> int:
    """Which of the 255 slowest waves of the picture (DCT), beside its mean, are stronger than their median."""
    waves = cv2.dct(cv2.resize(grey, (_SIDE, _SIDE), interpolation=cv2.INTER_AREA).astype(np.float32))
    slow = waves[:_KEPT, :_KEPT].flatten()[1:]
    return int.from_bytes(np.packbits(slow > np.median(slow)).tobytes(), "big")


def _inside(smalls: list[Grey]) -> tuple[slice, slice]:
    """What lies within bars that stay dark for nine tenths of the film."""
    whole = (slice(None), slice(None))
    if not smalls:
        return whole
    rows, columns = (
        _span(np.percentile([np.percentile(one, 80, axis=axis) for one in smalls], 90, axis=0)) for axis in (1, 0)
    )
    return (rows, columns) if rows is not None and columns is not None else whole


def _span(light: np.ndarray[Any, Any]) -> slice | None:
    """From the first light line to the last; `None` when what is dark at a side is too wide for a bar."""
    lit = np.flatnonzero(light > _DARK)
    if not lit.size or max(lit[0], len(light) - 1 - lit[-1]) > _WIDEST_BAR * len(light):
        return None
    return slice(int(lit[0]), int(lit[-1]) + 1)
