"""The loudness of a film as a picture: one line over time, with the band in which speech is well heard.

SVG with plain attributes and no style, so that it may stand under the strictest content policy. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

WIDTH, HEIGHT = 900, 260
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 26, 14, 34
_HIGHEST, _LOWEST = 0.0, -70.0  # LUFS at the upper and lower edge
_LINES = (0, -20, -40, -60)
_TICKS = 6  # at most so many times are written below
_STEPS = (5, 10, 15, 30, 60, 120, 180, 300, 600, 900, 1800, 3600)  # seconds between two of them
_TEXT = 'font-family="Noto Sans CJK SC, Noto Sans SC, sans-serif" font-size="14" fill="#47545d"'


def svg(sound: Mapping[str, Any], quiet: float, loud: float) -> str:
    """`sound`: as the probe tells it, with its `curve`. `quiet`, `loud`: the band, LUFS."""
    curve, seconds = list(sound.get("curve") or ()), float(sound.get("heard_s") or 0)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        _band(quiet, loud),
        *(_level(value) for value in _LINES),
        *(_time(at, seconds) for at in times(seconds)),
        _line(curve),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def times(seconds: float) -> list[int]:
    """Which moments are written below: round ones, not too many."""
    step = next((one for one in _STEPS if seconds <= one * _TICKS), _STEPS[-1])
    return list(range(0, int(seconds) + 1, step))


def _y(loudness: float) -> float:
    inside = min(max(loudness, _LOWEST), _HIGHEST)
    return round(_TOP + (_HIGHEST - inside) / (_HIGHEST - _LOWEST) * (HEIGHT - _TOP - _BOTTOM), 1)


def _x(share: float) -> float:
    return round(_LEFT + share * (WIDTH - _LEFT - _RIGHT), 1)


def _band(quiet: float, loud: float) -> str:
    top, bottom = _y(loud), _y(quiet)
    return f'<rect x="{_LEFT}" y="{top}" width="{_x(1) - _LEFT}" height="{round(bottom - top, 1)}" fill="#e1f1e6"/>'


def _level(value: int) -> str:
    y = _y(value)
    line = f'<line x1="{_LEFT}" y1="{y}" x2="{_x(1)}" y2="{y}" stroke="#dcdad0"/>'
    return f'{line}<text x="{_LEFT - 8}" y="{y + 5}" text-anchor="end" {_TEXT}>{value}</text>'


def _time(at: int, seconds: float) -> str:
    x = _x(at / seconds) if seconds else _LEFT
    minutes, rest = divmod(at, 60)
    line = f'<line x1="{x}" y1="{HEIGHT - _BOTTOM}" x2="{x}" y2="{HEIGHT - _BOTTOM + 5}" stroke="#47545d"/>'
    return f'{line}<text x="{x}" y="{HEIGHT - 10}" text-anchor="middle" {_TEXT}>{minutes}:{rest:02d}</text>'


def _line(curve: Sequence[float]) -> str:
    points = " ".join(f"{_x((place + 0.5) / len(curve))},{_y(value)}" for place, value in enumerate(curve))
    return f'<polyline points="{points}" fill="none" stroke="#0d4f5c" stroke-width="2"/>'
