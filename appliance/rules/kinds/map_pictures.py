"""A picture in a deck that looks like a map, in a deck that says no source of a map. A person says whether it is one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from appliance.model import LessonFacts, Turn
from appliance.rules.edition import Edition, Rule
from appliance.rules.looking import called, measured
from appliance.rules.remark import Kind, Remark, undetermined

_WHAT, _EXPECTED = "图片里有没有地图", "写明地图出自"
_SHOWN, _NAMED = 3, 4  # maps that are spoken of, and names of each


def judge(rule: Rule, facts: LessonFacts, edition: Edition) -> Iterator[Remark]:
    for material, media in measured(rule, facts, "pptx", "ole"):
        looked = media.get("map_pictures")
        if looked is None or media.get("credits") or media.get("maps"):
            continue  # whoever names a map or its source is answered by the rule for these
        if why := looked.get("undetermined"):
            yield undetermined(material.name, _WHAT, str(why), _EXPECTED)
            continue
        maps = [one for one in looked["maps"] if _looks_like(one, rule.limits)]
        if maps:
            shown = "；".join(_said(one) for one in maps[:_SHOWN])
            fields = {"file": called(material), "maps": shown + (f" 等 {len(maps)} 张" if len(maps) > _SHOWN else "")}
            yield Remark("uncredited", material.name, f"{len(maps)} 张图片", _EXPECTED, fields)
        if looked["seen"] < looked["of"]:
            yield undetermined(material.name, _WHAT, f"{looked['of']} 张图里只看了 {looked['seen']} 张", _EXPECTED)


def _looks_like(one: Mapping[str, Any], limits: Mapping[str, Any]) -> bool:
    return bool(len(one["names"]) >= (limits["names_beside_key"] if one["key"] else limits["names"]))


def _said(one: Mapping[str, Any]) -> str:
    """第 3 页的图（北京、太原、西安、武汉……）"""
    numbers = [str(place["at"]) for place in one["places"] if "at" in place]
    where = f"第 {'、'.join(numbers[:_SHOWN])} 页" if numbers else "母版"
    return f"{where}的图（{'、'.join(one['names'][:_NAMED])}{'……' if len(one['names']) > _NAMED else ''}）"


KIND = Kind(judge, ("names", "names_beside_key"), {"uncredited": ("file", "maps")}, turn=Turn.FULL)
