"""QR codes in documents and slides: shown with their place and what they say; a person says whether it is advertising."""

from __future__ import annotations

from collections.abc import Iterator

from appliance.model import LessonFacts, Turn
from appliance.rules.edition import Edition, Rule
from appliance.rules.kinds.advertising import allowed
from appliance.rules.looking import called, measured
from appliance.rules.remark import Kind, Remark, undetermined

_SHOWN = 3


def judge(rule: Rule, facts: LessonFacts, edition: Edition) -> Iterator[Remark]:
    for material, media in measured(rule, facts, "docx", "pptx", "xlsx", "pdf"):
        looked = media.get("codes")
        if looked is None:
            continue  # without pictures nobody looks
        if why := looked.get("undetermined"):
            yield undetermined(material.name, "图片里的二维码", str(why), "没有广告")
            continue
        codes = [one for one in looked["codes"] if not allowed(one["text"], rule.limits["allowed"])]
        if codes:
            shown = "；".join(_where(one["place"]) + f"“{one['text']}”" for one in codes[:_SHOWN])
            rest = f" 等 {len(codes)} 个" if len(codes) > _SHOWN else ""
            fields = {"file": called(material), "codes": shown + rest}
            yield Remark("found", material.name, f"{len(codes)} 个二维码", "没有广告", fields)
        elif (seen := looked.get("seen", 0)) < (of := looked.get("of", 0)):
            yield undetermined(material.name, "图片里的二维码", f"{of} 张图里只看了 {seen} 张", "没有广告")


def _where(place: int) -> str:
    return f"第 {place} 页" if place else ""


KIND = Kind(judge, ("allowed",), {"found": ("file", "codes")}, turn=Turn.FULL)
