"""QR codes in documents and slides: shown with all their places and what they say; a person says whether one is
advertising. A textbook's own code, known by its publisher's site, is only told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from appliance.model import LessonFacts, Turn
from appliance.rules.edition import Edition, Rule
from appliance.rules.kinds.advertising import UNIT, allowed
from appliance.rules.looking import called, measured
from appliance.rules.remark import Kind, Remark, undetermined

_PLACES = 10  # that are named, of one code


def judge(rule: Rule, facts: LessonFacts, edition: Edition) -> Iterator[Remark]:
    for material, media in measured(rule, facts, "docx", "pptx", "xlsx", "pdf", "ole"):
        looked = media.get("codes")
        if looked is None:
            continue  # without pictures nobody looks
        if why := looked.get("undetermined"):
            yield undetermined(material.name, "图片里的二维码", str(why), "没有广告")
            continue
        unit = UNIT.get(str(media.get("type") or media["kind"]), "")
        for case, codes in sorted_out(looked["codes"], rule.limits):
            shown = "；".join(_said(one, unit) for one in codes)
            fields = {"file": called(material), "codes": shown}
            yield Remark(case, material.name, f"{len(codes)} 个二维码", "没有广告", fields)
        if (seen := looked.get("seen", 0)) < (of := looked.get("of", 0)):
            yield undetermined(material.name, "图片里的二维码", f"{of} 张图里只看了 {seen} 张", "没有广告")


def sorted_out(
    codes: Sequence[Mapping[str, Any]], limits: Mapping[str, Any]
) -> Iterator[tuple[str, list[Mapping[str, Any]]]]:
    """What is to be spoken of: strangers' codes, and those of textbooks."""
    others = [one for one in codes if not allowed(one["text"], limits["allowed"])]
    textbook = [one for one in others if allowed(one["text"], limits["textbook"])]
    strange = [one for one in others if one not in textbook]
    yield from ((case, rows) for case, rows in (("found", strange), ("textbook", textbook)) if rows)


def _said(code: Mapping[str, Any], unit: str) -> str:
    """第 3 页、第 5 页“https://…”"""
    places = code["places"]
    rest = f"等 {len(places)} 处" if len(places) > _PLACES else ""
    return "、".join(_where(one, unit) for one in places[:_PLACES]) + rest + f"“{code['text']}”"


def _where(place: Mapping[str, Any], unit: str) -> str:
    if place.get("where"):
        return str(place["where"])
    under = f"（{place['under']}）" if place.get("under") else ""
    return f"第 {place['at']} {unit}{under}"


KIND = Kind(
    judge, ("allowed", "textbook"), {"found": ("file", "codes"), "textbook": ("file", "codes")}, turn=Turn.FULL
)  # fmt: skip
