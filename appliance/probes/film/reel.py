"""Brings some key frames of a film, one after the other, small.

Two ffmpegs in a row: the first copies packets and lets through only some key frames, so that a film made of key
frames alone costs no more than another; the second decodes those, with one thread. Most of the cost is decoding, so
the pictures lie close together at both ends, where title and advertising stand, and farther apart between, but for
those that, by their size, show something else.
"""

from __future__ import annotations

import contextlib
import functools
import queue
import re
import subprocess
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Any, BinaryIO

import cv2
import numpy as np

from appliance.probes.film.outline import Outline, source_of

Grey = np.ndarray[Any, np.dtype[np.uint8]]
MOST = 400  # pictures of one film
WIDTH, HEIGHT = 960, 540  # the most; the shape of the film stays
_END_S = 30.0  # both ends
_END_GAP_S = 2.0
_GAP_S = 5.0
_BETWEEN = 100  # pictures, about, between the ends
# A key frame much larger or smaller than the last one shows something else: advertising of a few seconds, a new slide.
_OTHER_SIZE = 0.1
_OTHERS, _OTHERS_AT_ONCE = 50, 10  # such pictures that are taken besides, spread over the film, and in a row
_SHOWN = re.compile(rb"\[Parsed_showinfo_\d+ @ \w+\] n: *\d+ .*?pts_time:(-?[\d.]+) .*? s:(\d{1,4})x(\d{1,4}) ")


@dataclass(frozen=True)
class Picture:
    """`at`: second of the film. `grey`: at most 540×960, 0 black, 255 white. `chroma`: the two halved planes below
    one another."""

    at: float
    grey: Grey
    chroma: Grey

    @functools.cached_property
    def small(self) -> Grey:
        """90×160, whatever the shape."""
        return _shrunk(self.grey, 160, 90)

    def thumbnail(self, width: int, height: int) -> Grey:
        """In colour (BGR), `height`×`width`×3, whatever the shape."""
        rows, columns = self.grey.shape
        half_rows, half_columns = rows // 2, columns // 2
        planes = self.chroma.reshape(2, half_rows, half_columns)
        layers = [_shrunk(self.grey, width, height), *(_shrunk(plane, width, height) for plane in planes)]
        luma, blue, red = (layer.astype(np.float32) for layer in layers)
        blue, red = blue - 128, red - 128
        colours = (luma + 1.772 * blue, luma - 0.344 * blue - 0.714 * red, luma + 1.402 * red)
        return np.clip(np.dstack(colours), 0, 255).astype(np.uint8)


def _shrunk(plane: Grey, width: int, height: int) -> Grey:
    return np.asarray(cv2.resize(plane, (width, height), interpolation=cv2.INTER_AREA), dtype=np.uint8)


def key_frames(file: BinaryIO, film: Outline, numbers: Sequence[int] = ()) -> Iterator[Picture]:
    """At most `MOST`; with `numbers`, only those of them, counted from 0; `at` is then counted from the first of them.
    Ends early where the film does; raises nothing for what stands in it."""
    copy = [
        "ffmpeg", "-nostdin", "-v", "quiet", "-protocol_whitelist", "file", "-i", source_of(file),
        "-map", "0:v:0", "-c", "copy", "-bsf:v", f"noise=drop={_dropped(film, numbers)}", "-f", "nut", "pipe:1",
    ]  # fmt: skip
    decode = [*_decoder("-protocol_whitelist", "pipe", "-f", "nut", "-i", "pipe:0"), "-vf", _filters()]
    with subprocess.Popen(
        copy, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, pass_fds=(file.fileno(),)
    ) as copier, _ended(copier):  # fmt: skip
        with subprocess.Popen(
            [*decode, *_RAW], stdin=copier.stdout, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as decoder, _ended(decoder):  # fmt: skip
            yield from _pictures(decoder)


def every(file: BinaryIO, seconds: float) -> Iterator[Picture]:
    """One picture each so many seconds, by decoding everything: for films with hardly any key frame. Dear."""
    inputs = ("-skip_loop_filter", "all", "-protocol_whitelist", "file", "-i", source_of(file))
    command = [*_decoder(*inputs), "-map", "0:v:0", "-vf", f"fps=1/{seconds},{_filters()}", *_RAW]
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, pass_fds=(file.fileno(),)
    ) as decoder, _ended(decoder):  # fmt: skip
        yield from _pictures(decoder)


_RAW = ("-fps_mode", "passthrough", "-threads", "1", "-f", "rawvideo", "pipe:1")


def _decoder(*source: str) -> list[str]:
    return ["ffmpeg", "-nostdin", "-hide_banner", "-nostats", "-v", "info", "-threads", "1", *source]


def _filters() -> str:
    fit = f"scale={WIDTH}:{HEIGHT}:force_original_aspect_ratio=decrease:force_divisible_by=2"
    return f"{fit}:flags=area:out_range=pc,format=yuv420p,showinfo=checksum=0"


def _dropped(film: Outline, numbers: Sequence[int]) -> str:
    """For ffmpeg's `noise` filter: 1 drops packet `n`. Cell 0 remembers the last that was wanted, cell 1 how many were,
    cell 2 the size of the last, cell 3 how many were wanted for their size."""
    end, packets = round(_END_S * film.rate), max(round(film.seconds * film.rate), 1)
    # A key frame seldom stands where one is wanted; the next is taken, so ask a little early.
    near = max(round(_END_GAP_S * film.rate) - 1, 1)
    far = max(round(max(_GAP_S, film.seconds / _BETWEEN) * film.rate) - 1, 1)
    gap = rf"if(lt(n\,{end})+gt(n\,{max(packets - end, 0)})\,{near}\,{far})"
    due = rf"not(ld(1))+gte(n-ld(0)\,{gap})"
    other = rf"gte(n-ld(0)\,{round(film.rate)})*gte(abs(size-ld(2))\,{_OTHER_SIZE}*ld(2))"
    afforded = rf"lt(ld(3)\,{_OTHERS_AT_ONCE}+{_OTHERS}*n/{packets})"
    chosen = "+".join(rf"eq(ld(1)\,{number + 1})" for number in numbers) or "1"
    wanted = rf"0*st(0\,n)+0*st(1\,ld(1)+1)+0*st(2\,size)+not({chosen})"
    return rf"if(key\,if({due}\,{wanted}\,if({other}*{afforded}\,0*st(3\,ld(3)+1)+{wanted}\,1))\,1)"


@contextlib.contextmanager
def _ended(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """Whoever stops listening ends the player too."""
    try:
        yield
    finally:
        process.kill()


def _pictures(decoder: subprocess.Popen[bytes]) -> Iterator[Picture]:
    assert decoder.stdout is not None and decoder.stderr is not None
    shown: queue.Queue[tuple[float, int, int] | None] = queue.Queue()
    teller = threading.Thread(target=_tell, args=(decoder.stderr, shown), daemon=True)
    teller.start()
    count = 0
    while count < MOST and (row := shown.get()) is not None:
        at, width, height = row
        grey = decoder.stdout.read(width * height)
        chroma = decoder.stdout.read(width * height // 2)
        if len(grey) + len(chroma) < width * height * 3 // 2:
            return
        yield Picture(
            at, np.frombuffer(grey, np.uint8).reshape(height, width),
            np.frombuffer(chroma, np.uint8).reshape(height, width // 2),
        )  # fmt: skip
        count += 1


def _tell(lines: IO[bytes], shown: queue.Queue[tuple[float, int, int] | None]) -> None:
    """Time and size of each picture, as the filter tells them before the picture comes. Lines may be of any length."""
    while line := lines.readline(8192):
        if found := _SHOWN.match(line):
            shown.put((float(found[1]), int(found[2]), int(found[3])))
    shown.put(None)
