"""Long black stretches, and long ones in which neither picture nor sound goes on. A slide that stands still while the
voice goes on is a lesson; the two together mostly are a recording that hung."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from appliance.model import LessonFacts, Turn
from appliance.rules.edition import Edition, Rule
from appliance.rules.looking import clock, length, measured, pictures
from appliance.rules.remark import Kind, Remark, undetermined

_SHOWN = 3
Stretch = Sequence[float]


def judge(rule: Rule, facts: LessonFacts, edition: Edition) -> Iterator[Remark]:
    for material, media in measured(rule, facts, "video"):
        frames, why = pictures(media)
        if not why and frames and frames["widest_s"] > rule.limits["widest_s"]:
            why = f"有 {length(frames['widest_s'])}的画面没有看到"
        if why:
            yield undetermined(material.name, "黑屏和画面停住", why, "画面正常")
        if frames:
            yield from _seen(rule.limits, material.name, frames, media.get("sound") or {})


def _seen(
    limits: Mapping[str, Any], name: str, frames: Mapping[str, Any], sound: Mapping[str, Any]
) -> Iterator[Remark]:
    dead = [
        overlap
        for still in frames["still"]
        for silence in sound.get("silences", ())
        if (overlap := _overlap(still, silence)) and _lasts(overlap) >= limits["dead_s"]
    ]
    black = [one for one in frames["black"] if _lasts(one) >= limits["black_s"]]
    for case, stretches in (("black", black), ("dead", dead)):
        if stretches:
            shown = "、".join(f"{clock(one[0])}–{clock(one[1])}" for one in stretches[:_SHOWN])
            rest = f"等 {len(stretches)} 段" if len(stretches) > _SHOWN else ""
            longest = length(max(map(_lasts, stretches)))
            yield Remark(case, name, f"最长 {longest}", "画面正常", {"places": shown + rest, "length": longest})


def _overlap(one: Stretch, other: Stretch) -> Stretch | None:
    start, end = max(one[0], other[0]), min(one[1], other[1])
    return (start, end) if start < end else None


def _lasts(stretch: Stretch) -> float:
    return stretch[1] - stretch[0]


_FIELDS = ("places", "length")
KIND = Kind(judge, ("black_s", "dead_s", "widest_s"), {"black": _FIELDS, "dead": _FIELDS}, turn=Turn.FULL)
