"""Pictures out of a film, for reading what is written in them: 960×540, three bytes a pixel, by ffmpeg on one thread.
Frames that show the same are told by a grid of points, so that each is read once."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

WIDTH, HEIGHT = 960, 540
_FRAME = WIDTH * HEIGHT * 3
_FIT = f"scale={WIDTH}:{HEIGHT}:force_original_aspect_ratio=decrease:flags=area,pad={WIDTH}:{HEIGHT}:-1:-1,format=rgb24"
_GRID = 6  # every sixth pixel of every sixth row: a line of writing crosses hundreds of these points
STEP = 40  # of 255: the noise of the codec stays below, writing on its ground does not
SHARE = 0.003  # of the points: a line of writing more or less


@dataclass(frozen=True)
class Still:
    """`at`: the second of the film. `rgb`: 960×540 pixels, row by row."""

    at: float
    rgb: bytes

    def points(self) -> bytes:
        """The green of a grid of points."""
        wide = WIDTH * 3
        rows = range(_GRID // 2, HEIGHT, _GRID)
        return b"".join(self.rgb[row * wide + 1 : (row + 1) * wide : 3 * _GRID] for row in rows)


def at_seconds(file: BinaryIO, seconds: Sequence[float]) -> list[Still]:
    """The pictures at these seconds (multiples of 0.5, rising); fewer when the film ends before."""
    chosen = "+".join(f"eq(n,{round(second * 2)})" for second in seconds)
    rest = ["-vf", f"fps=2,select='{chosen}',{_FIT}", "-fps_mode", "passthrough"]
    # Bounded where it is read: what the filter leaves out would not count towards the end of what is written.
    frames = _decoded(file, ["-skip_frame", "noref", "-t", str(seconds[-1] + 1)], rest)
    return [Still(second, rgb) for second, rgb in zip(seconds, frames, strict=False)]


def differ(one: bytes, other: bytes) -> bool:
    """Of two `points()`: is there writing in one that is not in the other?"""
    changed = sum(abs(a - b) > STEP for a, b in zip(one, other, strict=True))
    return changed > SHARE * len(one)


def sheet(stills: Sequence[Still]) -> bytes:
    """The pictures in one JPEG, two in a row, from left to right and down; one alone keeps its size. "" for none."""
    if not stills:
        return b""
    rows = (len(stills) + 1) // 2
    shape = f"scale=640:360,tile=2x{rows}" if len(stills) > 1 else "null"
    command = [
        "ffmpeg", "-nostdin", "-v", "error", "-threads", "1", "-protocol_whitelist", "pipe", "-f", "rawvideo",
        "-pixel_format", "rgb24", "-video_size", f"{WIDTH}x{HEIGHT}", "-i", "pipe:0", "-vf", shape, "-frames:v", "1",
        "-threads", "1", "-c:v", "mjpeg", "-q:v", "4", "-f", "image2pipe", "pipe:1",
    ]  # fmt: skip
    data = b"".join(still.rgb for still in stills)
    return subprocess.run(command, input=data, capture_output=True, check=False).stdout


def _decoded(file: BinaryIO, how: list[str], rest: list[str]) -> Iterator[bytes]:
    """Whole frames as they come; what a broken film still gives."""
    source = f"file:/proc/self/fd/{file.fileno()}"
    command = [
        "ffmpeg", "-nostdin", "-v", "error", "-threads", "1", *how, "-protocol_whitelist", "file", "-i", source,
        "-map", "0:v:0", *rest, "-threads", "1", "-f", "rawvideo", "pipe:1",
    ]  # fmt: skip
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, pass_fds=(file.fileno(),),
    ) as decoder:  # fmt: skip
        assert decoder.stdout is not None
        while len(frame := decoder.stdout.read(_FRAME)) == _FRAME:
            yield frame
        decoder.kill()
