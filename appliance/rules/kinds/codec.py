"""The picture's codec, by MediaInfo's name for it."""

from __future__ import annotations

from collections.abc import Iterator

from appliance.model import LessonFacts
from appliance.rules.edition import Edition, Rule
from appliance.rules.looking import measured
from appliance.rules.remark import Kind, Remark, undetermined

_SHOWN = {"HEVC": "H.265（HEVC）", "AVC": "H.264"}


def judge(rule: Rule, facts: LessonFacts, edition: Edition) -> Iterator[Remark]:
    wanted = rule.limits["shown"]
    for material, media in measured(rule, facts, "video"):
        picture = media.get("video")
        codec = str((picture or {}).get("codec") or "")
        shown = _SHOWN.get(codec, codec)
        if not picture:
            yield Remark("none", material.name, "没有画面", wanted, {"wanted": wanted})
        elif not codec:
            yield undetermined(material.name, "视频编码", "没有读到编码", wanted)
        elif codec != rule.limits["codec"]:
            yield Remark("wrong", material.name, shown, wanted, {"codec": shown, "wanted": wanted})


KIND = Kind(judge, ("codec", "shown"), {"wrong": ("codec", "wanted"), "none": ("wanted",)})
