"""Is the picture sharp and steady? Measured as evidence; what is sharp enough for an experiment, a person says."""

from __future__ import annotations

from collections.abc import Iterator

from appliance.model import LessonFacts, Turn
from appliance.rules.edition import Edition, Rule
from appliance.rules.looking import measured, number, pictures
from appliance.rules.remark import Kind, Remark, undetermined


def judge(rule: Rule, facts: LessonFacts, edition: Edition) -> Iterator[Remark]:
    for material, media in measured(rule, facts, "video"):
        frames, why = pictures(media)
        if why:
            yield undetermined(material.name, "画面清晰、稳定", why, "清晰、稳定")
        elif frames:
            blur, shake = frames["sharp"]["blur"], frames["steady"]["shake"]
            if blur is not None and blur > rule.limits["blur"]:
                shown = number(blur, 2)
                yield Remark("blurred", material.name, f"模糊度 {shown}", "清晰", {"blur": shown})
            if shake > rule.limits["shake"]:
                shown = number(shake * 100, 1)
                yield Remark("shaky", material.name, f"每帧跳动 {shown}%", "稳定", {"shake": shown})


KIND = Kind(judge, ("blur", "shake"), {"blurred": ("blur",), "shaky": ("shake",)}, turn=Turn.FULL)
