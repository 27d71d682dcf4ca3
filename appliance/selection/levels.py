"""档次: the words by which a judge first says how good an indicator is, and the points that each word spans. Data of
the edition (`selection.toml`, `[levels]`). The best and the worst word want a comment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import Any

from appliance.selection.rubric import Points, Rubric


@dataclass(frozen=True)
class Level:
    """`least`, `most`: points, both included; `comment`: whether a sheet with it needs one."""

    name: str
    least: Decimal
    most: Decimal
    comment: bool


def of_weight(weight: Decimal, step: Decimal, selection: Mapping[str, Any]) -> list[Level]:
    """The levels of an indicator, best first, without gap and overlap in half-point (`step`) steps."""
    levels: list[Level] = []
    most = weight
    for word in selection["levels"]["words"]:
        least = (weight * Decimal(word["from"]) / step).to_integral_value(ROUND_CEILING) * step
        levels.append(Level(word["name"], least, most, bool(word.get("comment"))))
        most = least - step
    return levels


def needs_comment(scale: Rubric, points: Points, step: Decimal, selection: Mapping[str, Any]) -> list[str]:
    """The indicators whose points want a sentence why."""
    return [
        item.name
        for item in scale.used
        if item.id in points
        and any(
            level.comment and level.least <= points[item.id] <= level.most
            for level in of_weight(item.weight, step, selection)
        )
    ]
