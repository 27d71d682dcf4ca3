"""The title card, as far as stillness tells: how long the picture rests at the start.

A card that zooms or flies in is a card, and a still lesson start is none; so a machine only ever asks a person.
"""

from __future__ import annotations

from collections.abc import Iterator

from appliance.model import LessonFacts, Turn
from appliance.rules.edition import Edition, Rule
from appliance.rules.looking import measured, number
from appliance.rules.remark import Kind, Remark, undetermined


def judge(rule: Rule, facts: LessonFacts, edition: Edition) -> Iterator[Remark]:
    wanted = rule.limits["seconds"]
    names = "、".join(edition.title_card.get(facts.identity.category, ()))
    for material, media in measured(rule, facts, "video"):
        if not media.get("video"):
            continue
        opening = media.get("opening") or {}
        still = opening.get("still_s")
        if still is None:
            why = str(opening.get("undetermined") or "没有看到开头的画面")
            yield undetermined(material.name, "片头", why, f"{wanted} 秒片头")
            continue
        fields = {"still": number(still, 1), "wanted": wanted, "fields": names}
        case = _case(float(still), rule)
        yield Remark(case, material.name, f"静止 {number(still, 1)} 秒", f"{wanted} 秒片头", fields)


def _case(still: float, rule: Rule) -> str:
    if still < rule.limits["moving"]:
        return "moving"
    if still < rule.limits["least"]:
        return "short"
    return "still" if still <= rule.limits["most"] else "long"


_FIELDS = ("still", "wanted", "fields")
KIND = Kind(
    judge, ("seconds", "least", "most", "moving"),
    {"still": _FIELDS, "short": _FIELDS, "long": _FIELDS, "moving": _FIELDS}, Turn.FULL,
)  # fmt: skip
