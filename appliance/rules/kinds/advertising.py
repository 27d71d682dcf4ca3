"""Addresses, phone numbers and words that may be advertising: shown with their place; a person says what they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from appliance.model import LessonFacts, Turn
from appliance.rules.edition import Edition, Rule
from appliance.rules.looking import called, length, measured
from appliance.rules.remark import Kind, Remark, undetermined

UNIT = {"docx": "段", "doc": "段", "pptx": "页", "ppt": "页", "pdf": "页"}  # a workbook tells no place
_KINDS = ("docx", "pptx", "pdf", "xlsx", "ole")
_SHOWN = 3


def judge(rule: Rule, facts: LessonFacts, edition: Edition) -> Iterator[Remark]:
    for material, media in measured(rule, facts, *_KINDS):
        unit = UNIT.get(str(media.get("type") or media["kind"]), "")
        places = [(_where(sign, unit), sign["text"]) for sign in _foreign(media, rule)]
        if places:
            fields = {"file": called(material), "signs": _shown(places)}
            yield Remark("found", material.name, f"{len(places)} 处", "没有广告", fields)
        elif media.get("cut"):
            yield undetermined(material.name, "广告", "文件太长，没有读完", "没有广告")


def in_film(rule: Rule, facts: LessonFacts, edition: Edition) -> Iterator[Remark]:
    """What the look `words` read in the picture; its places are seconds."""
    for material, media in measured(rule, facts, "video"):
        words = media.get("words")
        if not media.get("video") or words is None:
            continue
        places = [(_at(sign["place"]), sign["text"]) for sign in _foreign(words, rule)]
        fields = {"file": called(material), "signs": _shown(places), "why": words.get("undetermined", "")}
        if places:
            yield Remark("found", material.name, f"{len(places)} 处", "没有广告", fields)
        elif fields["why"]:
            yield Remark("unread", material.name, "没有认字", "没有广告", fields)


def _at(second: float) -> str:
    """The place in a film: 第 3 分 20 秒"""
    return f"第 {length(second)}".replace("分钟", "分")


def _foreign(media: Mapping[str, Any], rule: Rule) -> list[Mapping[str, Any]]:
    return [sign for sign in media.get("signs", ()) if not _known(sign, rule.limits["allowed"])]


def _shown(places: Sequence[tuple[str, Any]]) -> str:
    rest = f" 等 {len(places)} 处" if len(places) > _SHOWN else ""
    return "；".join(f"{place}“{text}”" for place, text in places[:_SHOWN]) + rest


def _where(sign: Mapping[str, Any], unit: str) -> str:
    return f"第 {sign['place']} {unit}" if unit and sign["place"] else ""


def _known(sign: Mapping[str, Any], endings: Sequence[str]) -> bool:
    return sign["kind"] == "url" and allowed(str(sign["text"]), endings)


def allowed(address: str, endings: Sequence[str]) -> bool:
    """A page of one of these sites: the host itself or one below it."""
    host = re.split(r"[/:?#@]", re.sub(r"^https?://", "", address.lower()))[0].rstrip(".")
    return any(host == ending or host.endswith(f".{ending}") for ending in endings)


KIND = Kind(judge, ("allowed",), {"found": ("file", "signs")})
FILM = Kind(
    in_film, ("allowed",), {"found": ("file", "signs"), "unread": ("file", "why")}, Turn.FULL
)  # fmt: skip
