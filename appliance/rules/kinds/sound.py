"""How a film sounds: too quiet, too loud, clipped, a noisy room, long silences. Advice: an ear decides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from appliance.model import LessonFacts, Turn
from appliance.rules.edition import Edition, Rule
from appliance.rules.looking import length, measured, number
from appliance.rules.remark import Kind, Remark, undetermined


def judge(rule: Rule, facts: LessonFacts, edition: Edition) -> Iterator[Remark]:
    for material, media in measured(rule, facts, "video"):
        if not media.get("audio"):
            continue  # another rule says that there is no sound
        sound = media.get("sound") or {}
        heard, lasts = sound.get("heard_s"), media.get("duration_s") or 0
        if heard is None:
            why = str(sound.get("undetermined") or "还没有听")
            yield undetermined(material.name, "声音", why)
        elif heard < lasts * rule.limits["heard_share"]:
            why = f"画面有 {length(lasts)}，声音只听到 {length(heard)}"
            yield undetermined(material.name, "声音", why)
        else:
            yield from _heard(rule.limits, material.name, sound)


def _heard(limits: Mapping[str, Any], name: str, sound: Mapping[str, Any]) -> Iterator[Remark]:
    share, longest = sound["silent_share"], sound["longest_silence_s"]
    if share > limits["silent_share"]:
        shown = number(share * 100, 0)
        yield Remark("silent", name, f"{shown}% 没有声音", "有讲解的声音", {"share": shown})
        return  # what the loudness of the rest may be says little
    if longest > limits["silence_s"]:
        yield Remark("pause", name, f"连续 {length(longest)}没有声音", "声音连贯", {"length": length(longest)})
    yield from _loudness(limits, name, sound)


def _loudness(limits: Mapping[str, Any], name: str, sound: Mapping[str, Any]) -> Iterator[Remark]:
    loud, floor = sound["loudness"], sound["floor"]
    shown = f"响度 {number(loud, 1)} LUFS"
    wanted = f"{number(limits['quiet'], 0)} 到 {number(limits['loud'], 0)} LUFS"
    if loud < limits["quiet"]:
        yield Remark("quiet", name, shown, wanted, {"loudness": number(loud, 1)})
    elif loud > limits["loud"]:
        yield Remark("loud", name, shown, wanted, {"loudness": number(loud, 1)})
    if sound["clipped_per_min"] > limits["clipped_per_min"]:
        clipped = number(sound["clipped_per_min"], 0)
        yield Remark("clipped", name, f"每分钟 {clipped} 处", "不破音", {"count": clipped})
    if floor is not None and loud - floor < limits["above_floor"]:
        above = number(max(loud - floor, 0), 0)
        yield Remark("noisy", name, f"比底噪高 {above} 分贝", f"高 {number(limits['above_floor'], 0)} 分贝以上",
                     {"above": above})  # fmt: skip


KIND = Kind(
    judge, ("quiet", "loud", "clipped_per_min", "above_floor", "silent_share", "silence_s", "heard_share"),
    {"silent": ("share",), "pause": ("length",), "quiet": ("loudness",), "loud": ("loudness",), "clipped": ("count",),
     "noisy": ("above",)},
    Turn.FULL,
)  # fmt: skip
