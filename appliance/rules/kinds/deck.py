"""What is in a slide deck: media that did not come along or may not play, words for maps without a source, small type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from appliance.model import LessonFacts, Turn
from appliance.rules.edition import Edition, Rule
from appliance.rules.looking import called, measured, number
from appliance.rules.remark import Kind, Remark, undetermined

_SHOWN = 3
_DECKS = ("pptx", "ole")


def apart(rule: Rule, facts: LessonFacts, edition: Edition) -> Iterator[Remark]:
    for material, media in measured(rule, facts, *_DECKS):
        away = media.get("apart", ())
        if away:
            fields = {"file": called(material), "media": _listed([_named(one, one["target"]) for one in away])}
            yield Remark("missing", material.name, f"{len(away)} 个", "都在课件里", fields)


def maps(rule: Rule, facts: LessonFacts, edition: Edition) -> Iterator[Remark]:
    for material, media in measured(rule, facts, *_DECKS):
        slides, sources = media.get("maps", ()), media.get("credits", ())
        if slides and not sources:
            pages = "、".join(str(place) for place in slides[:_SHOWN])
            fields = {"file": called(material), "pages": pages}
            yield Remark("uncredited", material.name, f"第 {pages} 页", "写明地图出自", fields)
        for source in sources:
            if lacking := _lacking(str(source["text"]), rule.limits["parts"]):
                shown = "、".join(lacking)
                fields = {"file": called(material), "page": source["place"], "lacking": shown}
                yield Remark("form", material.name, f"没看到{shown}", "教材名、出版社、版本、页码", fields)


def type_size(rule: Rule, facts: LessonFacts, edition: Edition) -> Iterator[Remark]:
    least = rule.limits["least_pt"]
    for material, media in measured(rule, facts, *_DECKS):
        size = media.get("small_pt")
        if size and size < least:
            shown, wanted = number(size, 1), number(least, 1)
            fields = {"file": called(material), "place": media["small_place"], "size": shown, "least": wanted}
            yield Remark("small", material.name, f"{shown} 磅", f"{wanted} 磅以上", fields)
        elif media.get("small_unsure"):
            yield undetermined(material.name, "课件的字号", "有的文字没有写明字号")


def films(rule: Rule, facts: LessonFacts, edition: Edition) -> Iterator[Remark]:
    for material, media in measured(rule, facts, "pptx"):
        inside, looked = media.get("embedded", ()), media.get("films", {})
        if not inside:
            continue
        if "undetermined" in looked or "parts" not in looked:
            yield undetermined(material.name, "课件里的视频", str(looked.get("undetermined") or "还没有检查"))
            continue
        doubtful = [(one, why) for one in inside if (why := _doubt(looked["parts"].get(one["part"], {}), rule.limits))]
        if doubtful:
            names = [_named(one, str(one["part"]).rpartition("/")[2]) + f"（{why}）" for one, why in doubtful]
            fields = {"file": called(material), "films": _listed(names)}
            yield Remark("doubtful", material.name, f"{len(doubtful)} 个", "MP4，H.264，AAC", fields)


def _doubt(film: Mapping[str, Any], limits: Mapping[str, Any]) -> str:
    """What may keep it from playing on another machine; empty when nothing does."""
    if film.get("format") not in limits["formats"]:
        return f"{str(film.get('format') or '未知').upper()} 格式"
    if film.get("video") and film["video"] not in limits["video"]:
        return f"画面是 {film['video']}"
    if film.get("audio") and film["audio"] not in limits["audio"]:
        return f"声音是 {film['audio']}"
    return str(film.get("doubt", ""))


def _lacking(source: str, parts: Sequence[Mapping[str, Any]]) -> list[str]:
    """Each part is known by one of its words. What was counted is taken out: 出版社 holds the word for 版本."""
    lacking = []
    for part in parts:
        word = next((one for one in part["words"] if one in source), "")
        if not word:
            lacking.append(str(part["name"]))
        source = source.replace(word, " ") if word else source
    return lacking


def _named(one: Mapping[str, Any], name: str) -> str:
    return f"第 {one['place']} 页“{name}”" if one["place"] else f"“{name}”"


def _listed(names: Sequence[str]) -> str:
    rest = f" 等 {len(names)} 个" if len(names) > _SHOWN else ""
    return "；".join(names[:_SHOWN]) + rest


APART = Kind(apart, (), {"missing": ("file", "media")})
MAPS = Kind(maps, ("parts",), {"uncredited": ("file", "pages"), "form": ("file", "page", "lacking")})
FILMS = Kind(films, ("formats", "video", "audio"), {"doubtful": ("file", "films")}, Turn.FULL)
TYPE_SIZE = Kind(type_size, ("least_pt",), {"small": ("file", "place", "size", "least")})
