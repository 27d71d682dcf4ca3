"""How long does the picture rest at the start? Nine seconds are decoded, small and grey, four pictures a second."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from typing import Any, BinaryIO

_RATE, _SECONDS = 4, 9
_WIDTH, _HEIGHT = 64, 36
_FRAME = _WIDTH * _HEIGHT
_STEP = 10  # of 255: below it is the noise of the codec
_SHARE = 0.015  # of the picture: below it is a cursor or a small moving badge
_FADE = 1.5  # seconds within which a card may fade in


def look(file: BinaryIO, size: int) -> dict[str, Any]:
    """`{"still_s": seconds, "seconds": how much was seen}`; `still_s` of the longest rest that begins while a card
    may still be fading in."""
    frames = _frames(file)
    if len(frames) < 2:
        return {"undetermined": "开头的画面解不出来"}
    starts = range(min(len(frames), int(_FADE * _RATE) + 1))
    longest = max(_rest(frames, start) for start in starts)
    return {"still_s": longest / _RATE, "seconds": len(frames) / _RATE}


def _frames(file: BinaryIO) -> list[bytes]:
    source = f"file:/proc/self/fd/{file.fileno()}"
    command = [
        "ffmpeg", "-nostdin", "-v", "error", "-threads", "1", "-protocol_whitelist", "file", "-i", source,
        "-map", "0:v:0", "-t", str(_SECONDS), "-vf", f"fps={_RATE},scale={_WIDTH}:{_HEIGHT}:flags=area,format=gray",
        "-threads", "1", "-f", "rawvideo", "pipe:1",
    ]  # fmt: skip
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, pass_fds=(file.fileno(),),
        check=False,
    )  # fmt: skip
    data = done.stdout
    return [data[at : at + _FRAME] for at in range(0, len(data) - _FRAME + 1, _FRAME)][: _RATE * _SECONDS]


def _rest(frames: Sequence[bytes], start: int) -> int:
    """Frames, from `start`, that look like the one at `start`: also a slow zoom moves away from it in the end."""
    count = 1
    while start + count < len(frames) and not _differ(frames[start], frames[start + count]):
        count += 1
    return count if count > 1 else 0


def _differ(one: bytes, other: bytes) -> bool:
    changed = sum(abs(a - b) > _STEP for a, b in zip(one, other, strict=True))
    return changed > _SHARE * _FRAME
