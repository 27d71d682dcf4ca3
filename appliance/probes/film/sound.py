"""How a film sounds: how loud it is, whether it is clipped, what lies under the voice, how much of it is still.

Debian's ffmpeg decodes the first sound track only, no picture. `ebur128` tells the loudness of 0.4 s ten times a
second; from these come the silences. `astats` counts the samples at full scale and finds the quietest moment: what
sounds there lies under everything. Where a title card is digitally silent, that moment tells nothing (`None`).
The print (G8) is chromaprint's words, made on the way; nothing that was said can be heard from it.
"""

from __future__ import annotations

import base64
import re
import subprocess
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import Any, BinaryIO

_STEP = 0.1  # seconds between two readings of the loudness
_FIRST = 4  # readings before the first 0.4 s are full
_SILENT = -50.0  # LUFS: only a room's own sound is left
_FULL_SCALE = -0.01  # dBFS
_MOST_READINGS = 400_000  # eleven hours
_MOST_POINTS = 300  # of the curve that is drawn for people
_MOST_PRINT = 1 << 20  # bytes, nine hours: in base64 below what an answer may hold
_MOST_SILENCES, _LEAST_SILENCE_S = 40, 8.0  # that are told with their place
_MOMENT = re.compile(r"\[Parsed_ebur128_\d+ @ \w+\] t:.*?\bM: *(-?[\d.]+|-?inf|nan)")
_WHOLE = re.compile(r" {4}I: +(-?[\d.]+) LUFS$")
_STATISTIC = re.compile(r"\[Parsed_astats_\d+ @ \w+\] (Peak level dB|Peak count|Noise floor dB): (-?[\d.]+|-?inf)$")


@dataclass
class _Heard:
    """`moments`: LUFS, one each 0.1 s."""

    moments: list[float] = field(default_factory=list)
    loudness: float | None = None
    statistics: dict[str, float] = field(default_factory=dict)


def look(file: BinaryIO, size: int) -> dict[str, Any]:
    """`{"loudness": LUFS, "peak": dBFS, "clipped_per_min", "floor": dBFS or None, "silent_share", "longest_silence_s",
    "silences": [[from, to]], "heard_s", "curve": [LUFS of equal pieces of the whole, 300 at most], "print": base64 of
    little-endian 32-bit words}`, or `{"undetermined": why}`."""
    # 16 bits: what a player sends to the loudspeaker; only there the decoder's overshoot is cut off.
    counted = "astats=measure_perchannel=none:measure_overall=Peak_level+Peak_count+Noise_floor"
    filters = f"ebur128=framelog=info,aformat=sample_fmts=s16,{counted}"
    track = ["-map", "0:a:0", "-vn", "-sn", "-dn", "-threads", "1"]
    command = [
        "ffmpeg", "-nostdin", "-hide_banner", "-nostats", "-threads", "1", "-protocol_whitelist", "file",
        "-i", f"file:/proc/self/fd/{file.fileno()}", *track, "-af", filters, "-f", "null", "-",
        *track, "-f", "chromaprint", "-fp_format", "raw", "pipe:1",
    ]  # fmt: skip
    # The print goes into a file, so that nobody has to read two pipes at once; the fence bounds it.
    with tempfile.TemporaryFile() as printed:
        with subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=printed, stderr=subprocess.PIPE, text=True, errors="replace",
            pass_fds=(file.fileno(),),
        ) as player:  # fmt: skip
            assert player.stderr is not None
            heard = _listen(player.stderr)
        printed.seek(0)
        words = printed.read(_MOST_PRINT + 1)
    if player.returncode or heard.loudness is None or len(heard.moments) <= _FIRST or len(words) > _MOST_PRINT:
        return {"undetermined": "声音解不出来，或者没有听完"}
    return {**_answer(heard), "print": base64.b64encode(words).decode()}


def _listen(lines: Iterable[str]) -> _Heard:
    heard = _Heard()
    for line in lines:
        line = line.rstrip()
        if (found := _MOMENT.match(line)) and len(heard.moments) < _MOST_READINGS:
            heard.moments.append(_decibels(found[1]))
        elif found := _WHOLE.match(line):
            heard.loudness = float(found[1])
        elif found := _STATISTIC.match(line):
            heard.statistics[found[1]] = _decibels(found[2])
    return heard


def _decibels(text: str) -> float:
    """Digital silence is said as `-inf` or `nan`."""
    return -120.0 if text in ("nan", "inf", "-inf") else max(float(text), -120.0)


def _answer(heard: _Heard) -> dict[str, Any]:
    moments = heard.moments[_FIRST:]
    seconds = len(heard.moments) * _STEP
    peak = heard.statistics.get("Peak level dB", -120.0)
    clipped = heard.statistics.get("Peak count", 0.0) if peak >= _FULL_SCALE else 0.0
    floor = heard.statistics.get("Noise floor dB", -120.0)
    silences = _silences(moments)
    return {
        "loudness": heard.loudness, "peak": round(peak, 1), "clipped_per_min": round(clipped / seconds * 60, 1),
        "floor": round(floor, 1) if floor > -100 else None,
        "silent_share": round(sum(end - start for start, end in silences) / len(moments), 3),
        "longest_silence_s": round(max((end - start for start, end in silences), default=0) * _STEP, 1),
        "silences": _longest(silences), "heard_s": round(seconds, 1),
        "curve": _curve(moments),
    }  # fmt: skip


def _silences(moments: list[float]) -> list[tuple[int, int]]:
    """Stretches, as (first moment, first moment after)."""
    at, found = 0, []
    for silent, run in groupby(moments, lambda one: one < _SILENT):
        count = sum(1 for _ in run)
        if silent:
            found.append((at, at + count))
        at += count
    return found


def _longest(silences: list[tuple[int, int]]) -> list[list[float]]:
    """`[[from, to], …]` in seconds, in order; the longest, when there are many."""
    kept = sorted(silences, key=lambda one: one[0] - one[1])[:_MOST_SILENCES]
    return [
        [round(start * _STEP, 1), round(end * _STEP, 1)]
        for start, end in sorted(kept)
        if (end - start) * _STEP >= _LEAST_SILENCE_S
    ]


def _curve(moments: list[float]) -> list[float]:
    """The mean of each piece in decibels, not in energy: a pause must show, and one cough must not hide it."""
    pieces = min(len(moments), _MOST_POINTS)
    ends = [len(moments) * number // pieces for number in range(pieces + 1)]
    return [round(sum(moments[a:b]) / (b - a), 1) for a, b in pairwise(ends)]
