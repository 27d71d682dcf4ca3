"""How long and how fast a film says it is. Only a plan is made from it; a lie costs time, which is bounded elsewhere."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from typing import BinaryIO

_MOST_SECONDS = 12 * 3600.0
_MOST_RATE = 240.0


@dataclass(frozen=True)
class Outline:
    """`seconds` is 0 when the film does not tell."""

    seconds: float
    rate: float


def source_of(file: BinaryIO) -> str:
    """The open file by its number, so that nobody can swap it by name; the child must inherit it (`pass_fds`)."""
    return f"file:/proc/self/fd/{file.fileno()}"


def outline(file: BinaryIO) -> Outline | None:
    """`None`: there is no picture track that ffprobe could read."""
    command = [
        "ffprobe", "-v", "error", "-protocol_whitelist", "file", "-select_streams", "v:0",
        "-show_entries", "stream=avg_frame_rate:format=duration", "-of", "json", source_of(file),
    ]  # fmt: skip
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, pass_fds=(file.fileno(),),
        check=False,
    )  # fmt: skip
    try:
        said = json.loads(done.stdout)
        stream = said["streams"][0]
    except (ValueError, KeyError, IndexError):
        return None
    rate = _fraction(str(stream.get("avg_frame_rate", "")))
    return Outline(min(_number(said.get("format", {}).get("duration")), _MOST_SECONDS), min(rate or 25.0, _MOST_RATE))


def _fraction(text: str) -> float:
    above, _, below = text.partition("/")
    divisor = _number(below)
    return _number(above) / divisor if divisor else 0.0


def _number(value: object) -> float:
    try:
        number = float(str(value))
    except ValueError:
        return 0.0
    return number if 0 < number < 1e9 else 0.0
