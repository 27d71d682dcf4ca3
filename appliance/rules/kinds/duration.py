"""Length of a video, in whole seconds as shown: within the limits, near them (tolerance), or beyond."""

from __future__ import annotations

from collections.abc import Iterator

from appliance.model import LessonFacts
from appliance.rules.edition import Edition, Rule
from appliance.rules.looking import length, measured, number, whole_seconds
from appliance.rules.remark import Kind, Remark, undetermined


def judge(rule: Rule, facts: LessonFacts, edition: Edition) -> Iterator[Remark]:
    least, most, tolerance = rule.limits["least"], rule.limits["most"], rule.limits["tolerance"]
    bounds = {"least": number(least / 60), "most": number(most / 60)}
    expected = f"{bounds['least']}–{bounds['most']} 分钟"
    for material, media in measured(rule, facts, "video"):
        seconds = media.get("duration_s")
        if not seconds:
            yield undetermined(material.name, "时长", "没有读到时长", expected)
        elif not least <= (lasts := whole_seconds(seconds)) <= most:
            near = least - tolerance <= lasts <= most + tolerance
            case = "near" if near else "short" if lasts < least else "long"
            shown = length(seconds)
            yield Remark(case, material.name, shown, expected, {**bounds, "length": shown})


_FIELDS = ("length", "least", "most")
KIND = Kind(judge, ("least", "most", "tolerance"), {"near": _FIELDS, "short": _FIELDS, "long": _FIELDS})
