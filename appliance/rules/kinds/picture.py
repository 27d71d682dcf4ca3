"""Width and height of the picture as stored, in pixels."""

from __future__ import annotations

from collections.abc import Iterator

from appliance.model import LessonFacts
from appliance.rules.edition import Edition, Rule
from appliance.rules.looking import measured
from appliance.rules.remark import Kind, Remark, undetermined


def judge(rule: Rule, facts: LessonFacts, edition: Edition) -> Iterator[Remark]:
    wanted = f"{rule.limits['width']}×{rule.limits['height']}"
    for material, media in measured(rule, facts, "video"):
        picture = media.get("video")
        if not picture:
            continue
        width, height = picture.get("width"), picture.get("height")
        if not width or not height:
            yield undetermined(material.name, "画面大小", "没有读到画面大小", wanted)
        elif (width, height) != (rule.limits["width"], rule.limits["height"]):
            fields = {"width": width, "height": height, "wanted": wanted}
            yield Remark("wrong", material.name, f"{width}×{height}", wanted, fields)


KIND = Kind(judge, ("width", "height"), {"wrong": ("width", "height", "wanted")})
