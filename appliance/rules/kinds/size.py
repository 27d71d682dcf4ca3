"""Bytes of a video: over the hard limit, or near it."""

from __future__ import annotations

from collections.abc import Iterator

from appliance.model import LessonFacts
from appliance.rules.edition import Edition, Rule
from appliance.rules.looking import concerned, mbps_that_fit, number
from appliance.rules.remark import Kind, Remark

_GIB = 1 << 30


def judge(rule: Rule, facts: LessonFacts, edition: Edition) -> Iterator[Remark]:
    most, warn = rule.limits["most"], rule.limits["warn"]
    for material in concerned(rule, facts):
        if material.size <= warn:
            continue
        case = "over" if material.size > most else "near"
        shown = f"{number(material.size / _GIB)} GB"
        fields = {
            "size": shown.removesuffix(" GB"),
            "most": number(most / _GIB),
            "advised": _advised(material.media, warn),
        }
        yield Remark(case, material.name, shown, f"不超过 {number(most / _GIB)} GB", fields)


def _advised(media: object, size: int) -> str:
    seconds = media.get("duration_s") if hasattr(media, "get") else None
    if not seconds:
        return "较低的"
    sound = (media.get("audio") or {}).get("bit_rate") or 0  # type: ignore[attr-defined]
    return str(mbps_that_fit(size, seconds, sound, 1 << 62, 0.1))


KIND = Kind(
    judge, ("most", "warn"), {"over": ("size", "most", "advised"), "near": ("size", "most", "advised")}
)  # fmt: skip
