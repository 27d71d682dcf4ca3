"""What is in a slide deck: media that did not come along, words for maps without a source, small type."""

from __future__ import annotations

from collections.abc import Iterator

from appliance.model import LessonFacts
from appliance.rules.edition import Edition, Rule
from appliance.rules.looking import called, measured, number
from appliance.rules.remark import Kind, Remark

_SHOWN = 3


def apart(rule: Rule, facts: LessonFacts, edition: Edition) -> Iterator[Remark]:
    for material, media in measured(rule, facts, "pptx"):
        away = media.get("apart", ())
        if away:
            shown = "；".join(f"第 {one['place']} 页“{one['target']}”" for one in away[:_SHOWN])
            rest = f" 等 {len(away)} 个" if len(away) > _SHOWN else ""
            fields = {"file": called(material), "media": shown + rest}
            yield Remark("missing", material.name, f"{len(away)} 个", "都在课件里", fields)


def maps(rule: Rule, facts: LessonFacts, edition: Edition) -> Iterator[Remark]:
    for material, media in measured(rule, facts, "pptx"):
        slides = media.get("maps", ())
        if slides and not media.get("credited"):
            pages = "、".join(str(place) for place in slides[:_SHOWN])
            fields = {"file": called(material), "pages": pages}
            yield Remark("uncredited", material.name, f"第 {pages} 页", "写明地图出自", fields)


def type_size(rule: Rule, facts: LessonFacts, edition: Edition) -> Iterator[Remark]:
    least = rule.limits["least_pt"]
    for material, media in measured(rule, facts, "pptx"):
        size = media.get("small_pt")
        if size and size < least:
            shown, wanted = number(size, 1), number(least, 1)
            fields = {"file": called(material), "place": media["small_place"], "size": shown, "least": wanted}
            yield Remark("small", material.name, f"{shown} 磅", f"{wanted} 磅以上", fields)


APART = Kind(apart, (), {"missing": ("file", "media")})
MAPS = Kind(maps, (), {"uncredited": ("file", "pages")})
TYPE_SIZE = Kind(type_size, ("least_pt",), {"small": ("file", "place", "size", "least")})
