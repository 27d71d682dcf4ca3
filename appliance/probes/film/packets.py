"""Frame intervals of what has no frame table: packet times, in the order of showing, as ffprobe reads them."""

from __future__ import annotations

import subprocess
from collections import Counter
from itertools import pairwise
from typing import Any, BinaryIO

from appliance.probes.film.mp4.intervals import summary

_MOST_FRAMES = 1_000_000


def look(file: BinaryIO, size: int) -> dict[str, Any]:
    """As `mp4.intervals`, or `{"undetermined": why}`."""
    source = f"file:/proc/self/fd/{file.fileno()}"
    command = [
        "ffprobe", "-v", "error", "-protocol_whitelist", "file", "-select_streams", "v:0",
        "-show_entries", "packet=pts_time", "-of", "csv=p=0", source,
    ]  # fmt: skip
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        pass_fds=(file.fileno(),),
    ) as reader:  # fmt: skip
        assert reader.stdout is not None
        times = [seconds for line in reader.stdout if (seconds := _seconds(line)) is not None][: _MOST_FRAMES + 1]
    if len(times) > _MOST_FRAMES:
        return {"undetermined": "画面太多，没有数完"}
    times.sort()
    counts = Counter(round(later - earlier, 4) for earlier, later in pairwise(times))
    return summary((count, interval) for interval, count in counts.items()) or {"undetermined": "没有读到每一帧的时间"}


def _seconds(line: str) -> float | None:
    try:
        return float(line.strip().rstrip(","))
    except ValueError:
        return None
