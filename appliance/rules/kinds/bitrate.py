"""Bit rate of the picture: advice only, worked out for this length so that the file also fits its size limit."""

from __future__ import annotations

from collections.abc import Iterator

from appliance.model import LessonFacts
from appliance.rules.edition import Edition, Rule
from appliance.rules.looking import length, mbps_that_fit, measured, number
from appliance.rules.remark import Kind, Remark


def judge(rule: Rule, facts: LessonFacts, edition: Edition) -> Iterator[Remark]:
    limits = rule.limits
    for material, media in measured(rule, facts, "video"):
        rate, seconds = (media.get("video") or {}).get("bit_rate"), media.get("duration_s")
        if not rate or not seconds:
            continue  # only advice: nothing is lost
        sound = (media.get("audio") or {}).get("bit_rate") or 0
        advised = mbps_that_fit(limits["size"], seconds, sound, limits["advised"], limits["step"])
        off = rate / (float(advised) * 1e6) - 1 if advised else 0.0
        if abs(off) <= limits["far"]:
            continue
        shown = number(rate / 1e6, 1)
        fields = {"rate": shown, "wanted": number(limits["advised"] / 1e6), "advised": number(float(advised)),
                  "length": length(seconds)}  # fmt: skip
        yield Remark(
            "high" if off > 0 else "low",
            material.name,
            f"{shown} Mbps",
            f"建议 {number(float(advised))} Mbps",
            fields,
        )


_FIELDS = ("rate", "wanted", "advised", "length")
KIND = Kind(judge, ("advised", "size", "far", "step"), {"low": _FIELDS, "high": _FIELDS})
