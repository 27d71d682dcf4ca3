"""Which materials a rule looks at, and how measured values are said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Any

from appliance.model import LessonFacts, Material
from appliance.rules.edition import Rule


def concerned(rule: Rule, facts: LessonFacts) -> Iterator[Material]:
    """The materials whose role the rule names; all when it names none."""
    for material in facts.materials:
        if not rule.applies.role or material.role in rule.applies.role:
            yield material


def measured(rule: Rule, facts: LessonFacts, *kinds: str) -> Iterator[tuple[Material, Mapping[str, Any]]]:
    """The concerned materials that the probes could read and that are of these kinds. The others are spoken of
    by the kinds `looked`, `whole` and `file_type`, once each, and not again by every rule."""
    for material in concerned(rule, facts):
        if readable(material) and material.media.get("kind") in kinds:
            yield material, material.media


def readable(material: Material) -> bool:
    return bool(material.media) and not material.media.get("undetermined") and is_whole(material)


def is_whole(material: Material) -> bool:
    return bool(material.media.get("whole", {}).get("ok", True))


def called(material: Material) -> str:
    """The file's own name, for sentences; its whole path stands in the finding's `material`."""
    return material.name.rpartition("/")[2]


def whole_seconds(seconds: float) -> int:
    """Half up. What is shown to people is also what is judged: sound is padded to whole frames, so a film of just
    15 minutes often lasts 900.02 s."""
    return int(Decimal(str(seconds)).quantize(Decimal(1), ROUND_HALF_UP))


def length(seconds: float) -> str:
    """725.2 → 12 分 5 秒"""
    minutes, rest = divmod(whole_seconds(seconds), 60)
    if not minutes:
        return f"{rest} 秒"
    return f"{minutes} 分 {rest} 秒" if rest else f"{minutes} 分钟"


def number(value: float, places: int = 2) -> str:
    """Half up, without trailing zeros: 25.0 → 25, 29.97 → 29.97"""
    text = str(Decimal(str(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))
    return text.rstrip("0").rstrip(".") if "." in text else text


def mbps_that_fit(size: int, seconds: float, sound: float, most: int, step: float) -> Decimal:
    """The picture's bit rate, in Mbps rounded down to `step`, at which a video of this length fits into `size`
    bytes beside its sound (bit/s), and not more than `most` bit/s."""
    fitting = min(float(most), size * 8 / seconds - sound) if seconds > 0 else float(most)
    unit = Decimal(str(step))
    steps = (Decimal(str(max(fitting, 0) / 1e6)) / unit).quantize(Decimal(1), ROUND_FLOOR)
    return steps * unit


def clock(seconds: float) -> str:
    """Where in a film: 725.2 → 12:05"""
    minutes, rest = divmod(int(max(seconds, 0)), 60)
    return f"{minutes}:{rest:02d}"


def pictures(media: Mapping[str, Any]) -> tuple[Mapping[str, Any], str]:
    """What the key frames of a film showed, or why nobody saw them; nothing and no reason for a film without picture."""
    if not media.get("video"):
        return {}, ""
    frames = media.get("frames") or {}
    return (frames, "") if frames.get("seen") else ({}, str(frames.get("undetermined") or "还没有看画面"))
