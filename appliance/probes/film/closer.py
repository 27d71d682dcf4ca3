"""A closer look at short stretches of a film: every frame of them is decoded, small and grey."""

from __future__ import annotations

import subprocess
from itertools import pairwise
from statistics import median
from typing import Any, BinaryIO

import cv2
import numpy as np

from appliance.probes.film.outline import source_of
from appliance.probes.film.reel import Grey, Picture
from appliance.probes.film.rests import Rest, is_black

_EDGES = 3  # black stretches whose ends are looked for, the longest first
_WIDEST_S = 30.0
_RATE = 10  # pictures a second, there
_PLACES, _BURST = 3, 20  # where the picture moved as a whole, and frames there
_WIDTH, _HEIGHT = 240, 135
_SURE = 0.15  # of 1: how clear the shift of one picture to the next must be
_SHIFTED = 0.006  # of the width: a tripod stays below
_PAIRS = 0.3  # share of pairs that must have shifted before anybody looks closer


def sharpen(file: BinaryIO, rests: list[Rest]) -> None:
    """Moves the ends of the longest black stretches to where they are, to a tenth of a second."""
    for rest in sorted(rests, key=lambda one: one.since - one.until)[:_EDGES]:
        if rest.before is not None and 0 < rest.since - rest.before <= _WIDEST_S:
            black = [is_black(one) for one in _frames(file, rest.before, rest.since - rest.before)]
            rest.since -= _run(black[::-1]) / _RATE
        if rest.after is not None and 0 < rest.after - rest.until <= _WIDEST_S:
            black = [is_black(one) for one in _frames(file, rest.until, rest.after - rest.until)]
            rest.until += _run(black) / _RATE


def _run(flags: list[bool]) -> int:
    return flags.index(False) if False in flags else len(flags)


class Steadiness:
    """Pictures some seconds apart show whether the camera stood; where it did not, a second of film shows whether it
    shook or was turned on purpose."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._last: np.ndarray[Any, Any] | None = None
        self._pairs = 0
        self._moved: list[float] = []

    def see(self, picture: Picture) -> None:
        now = _plane(cv2.resize(picture.grey, (_WIDTH, _HEIGHT), interpolation=cv2.INTER_AREA))
        if self._last is not None:
            shift = _shift(self._last, now)
            if shift is not None:
                self._pairs += 1
                if float(np.hypot(*shift)) > _SHIFTED * _WIDTH:
                    self._moved.append(picture.at)
        self._last = now

    def answer(self) -> dict[str, Any]:
        """`{"steady": {"pairs", "moved": pairs in which the whole picture was shifted, "shake": share of the width by
        which it jumps from frame to frame there, 0 when nobody had to look}}`."""
        shake = 0.0
        if self._moved and len(self._moved) >= _PAIRS * self._pairs:
            step = max(len(self._moved) // _PLACES, 1)
            bursts = [_jumps(self._file, at) for at in self._moved[::step][:_PLACES]]
            shake = median(bursts)
        return {"steady": {"pairs": self._pairs, "moved": len(self._moved), "shake": round(shake, 5)}}


def _jumps(file: BinaryIO, at: float) -> float:
    """A turn of the camera shifts each frame as far as the one before; shaking does not."""
    planes = [_plane(one) for one in _frames(file, at, _BURST / _RATE / 2.5, (_WIDTH, _HEIGHT), None)][:_BURST]
    shifts = [shift for one, other in pairwise(planes) if (shift := _shift(one, other)) is not None]
    if len(shifts) < _BURST // 2:
        return 0.0
    return median(float(np.hypot(*(b - a))) for a, b in pairwise(shifts)) / _WIDTH


def _plane(grey: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    return grey.astype(np.float32)


def _shift(one: np.ndarray[Any, Any], other: np.ndarray[Any, Any]) -> np.ndarray[Any, Any] | None:
    """By how many pixels the whole picture moved; `None` when it became another picture."""
    window = cv2.createHanningWindow((_WIDTH, _HEIGHT), cv2.CV_32F)
    (across, down), sure = cv2.phaseCorrelate(one, other, window)
    return np.array((across, down)) if sure >= _SURE else None


def _frames(
    file: BinaryIO, start: float, seconds: float, size: tuple[int, int] = (64, 36), rate: int | None = _RATE
) -> list[Grey]:
    """`seconds` of film from `start`, scaled to `size` (width, height); all frames when `rate` is `None`."""
    width, height = size
    every = f"fps={rate}," if rate else ""
    command = [
        "ffmpeg", "-nostdin", "-v", "quiet", "-threads", "1", "-protocol_whitelist", "file", "-ss", f"{start:.3f}",
        "-t", f"{seconds:.3f}", "-i", source_of(file), "-map", "0:v:0",
        "-vf", f"{every}scale={width}:{height}:flags=area:out_range=pc,format=gray", "-threads", "1",
        "-frames:v", "400", "-f", "rawvideo", "pipe:1",
    ]  # fmt: skip
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, pass_fds=(file.fileno(),),
        check=False,
    )  # fmt: skip
    whole = len(done.stdout) // (width * height)
    planes = np.frombuffer(done.stdout[: whole * width * height], np.uint8).reshape(whole, height, width)
    return list(planes)
