"""Frame rate, by the share of frame intervals at the wanted length.

Headers say 25 for variable rates too, and one lost frame in a thousand makes a recorder's constant rate look
variable; so intervals are counted. The probe gives them as `[[milliseconds, count], …]`.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_FLOOR, Decimal

from appliance.model import LessonFacts
from appliance.rules.edition import Edition, Rule
from appliance.rules.looking import measured, number
from appliance.rules.remark import Kind, Remark, undetermined


def judge(rule: Rule, facts: LessonFacts, edition: Edition) -> Iterator[Remark]:
    wanted, least = rule.limits["fps"], rule.limits["share"]
    expected = f"{wanted} 帧/秒"
    for material, media in measured(rule, facts, "video"):
        picture = media.get("video")
        if not picture:
            continue  # `codec` says that there is no picture
        intervals = picture.get("intervals") or media.get("packets") or {}
        histogram, total = intervals.get("histogram"), intervals.get("count")
        if not histogram or not total:
            why = str(intervals.get("undetermined") or "没有读到每一帧的时间")
            yield undetermined(material.name, "帧率", why, expected)
            continue
        mean = float(intervals["mean_fps"])
        share = _share(histogram, 1000 / wanted, rule.limits["interval_ms"]) / total
        fields = {"fps": number(mean), "wanted": wanted, "share": _percent(share)}
        if abs(mean - wanted) > rule.limits["mean"] and _steady(histogram, total, least, rule.limits["interval_ms"]):
            yield Remark("wrong", material.name, f"{number(mean)} 帧/秒", expected, fields)
        elif share < least or abs(mean - wanted) > rule.limits["mean"]:
            yield Remark("varies", material.name, f"帧率不固定，平均 {number(mean)} 帧/秒", expected, fields)


def _share(histogram: list[list[float]], interval: float, tolerance: float) -> int:
    return int(sum(count for ms, count in histogram if abs(ms - interval) <= tolerance))


def _steady(histogram: list[list[float]], total: int, least: float, tolerance: float) -> bool:
    """One interval, whichever, holds nearly all frames."""
    commonest = max(histogram, key=lambda row: row[1])[0]
    return _share(histogram, commonest, tolerance) / total >= least


def _percent(share: float) -> str:
    return str((Decimal(str(share)) * 100).quantize(Decimal("0.1"), ROUND_FLOOR))


_FIELDS = ("fps", "wanted", "share")
KIND = Kind(judge, ("fps", "share", "mean", "interval_ms"), {"wrong": _FIELDS, "varies": _FIELDS})
