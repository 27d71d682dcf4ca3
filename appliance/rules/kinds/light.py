"""Is there light enough on the pictures and on the teacher's face? Advice, with what to do about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from appliance.model import LessonFacts, Turn
from appliance.rules.edition import Edition, Rule
from appliance.rules.looking import measured, number, pictures
from appliance.rules.remark import Kind, Remark, undetermined

_FULL = 255


def judge(rule: Rule, facts: LessonFacts, edition: Edition) -> Iterator[Remark]:
    for material, media in measured(rule, facts, "video"):
        frames, why = pictures(media)
        if why:
            yield undetermined(material.name, "光线", why, "光线均匀充足")
        elif frames:
            yield from _lit(rule.limits, material.name, frames)


def _lit(limits: Mapping[str, Any], name: str, frames: Mapping[str, Any]) -> Iterator[Remark]:
    light, faces = frames["light"], frames.get("faces") or {}
    if light["lightest"] < limits["lightest"]:
        share = _percent(light["lightest"])
        yield Remark("dark", name, f"最亮处 {share}%", "光线充足", {"share": share})
        return  # then a dark face is no news
    # A few faces may be drawings on a slide; only what is often seen is the teacher.
    if faces.get("seen", 0) < faces.get("looked", 0) * limits["faces_share"] or not faces.get("seen"):
        return
    if faces["light"] < limits["face"]:
        yield Remark(
            "face", name, f"脸部亮度 {_percent(faces['light'])}%", "光线充足", {"share": _percent(faces["light"])}
        )
    elif faces["sides"] > limits["sides"]:
        share = number(faces["sides"] * 100, 0)
        yield Remark("sides", name, f"两边相差 {share}%", "光线均匀", {"share": share})


def _percent(value: float) -> str:
    return number(value / _FULL * 100, 0)


KIND = Kind(
    judge, ("lightest", "face", "sides", "faces_share"), {"dark": ("share",), "face": ("share",), "sides": ("share",)},
    turn=Turn.FULL,
)  # fmt: skip
