"""Addresses, phone numbers and words that may be advertising: shown with their place; a person says what they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from appliance.model import LessonFacts
from appliance.rules.edition import Edition, Rule
from appliance.rules.looking import called, measured
from appliance.rules.remark import Kind, Remark, undetermined

_UNIT = {"docx": "段", "pptx": "页", "pdf": "页"}
_SHOWN = 3


def judge(rule: Rule, facts: LessonFacts, edition: Edition) -> Iterator[Remark]:
    for material, media in measured(rule, facts, *_UNIT):
        signs = [sign for sign in media.get("signs", ()) if not _allowed(sign, rule.limits["allowed"])]
        if signs:
            shown = "；".join(f"第 {one['place']} {_UNIT[media['kind']]}“{one['text']}”" for one in signs[:_SHOWN])
            rest = f" 等 {len(signs)} 处" if len(signs) > _SHOWN else ""
            fields = {"file": called(material), "signs": shown + rest}
            yield Remark("found", material.name, f"{len(signs)} 处", "没有广告", fields)
        elif media.get("cut"):
            yield undetermined(material.name, "广告", "文件太长，没有读完", "没有广告")


def _allowed(sign: Mapping[str, Any], endings: Sequence[str]) -> bool:
    """A page of one of these sites: the host itself or one below it."""
    if sign["kind"] != "url":
        return False
    host = re.split(r"[/:?#@]", re.sub(r"^https?://", "", str(sign["text"]).lower()))[0].rstrip(".")
    return any(host == ending or host.endswith(f".{ending}") for ending in endings)


KIND = Kind(judge, ("allowed",), {"found": ("file", "signs")})
