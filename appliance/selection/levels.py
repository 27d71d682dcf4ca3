"""档次: the words by which a judge first says how good an indicator is, and the points that each word spans. Data of
the edition (`selection.toml`, `[levels]`), copied into the session (`terms`). The best and the worst want a comment."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from appliance.selection.rubric import Points, Rubric
from appliance.selection.terms import Terms


@dataclass(frozen=True)
class Level:
    """`least`, `most`: points, both included; `comment`: whether a sheet with it needs one."""

    name: str
    least: Decimal
    most: Decimal
    comment: bool


def of_weight(weight: Decimal, how: Terms) -> list[Level]:
    """The levels of an indicator, best first, without gap and overlap in half-point (`how.step`) steps."""
    levels: list[Level] = []
    most = weight
    for word in how.words:
        least = (weight * word.share / how.step).to_integral_value(ROUND_CEILING) * how.step
        levels.append(Level(word.name, plain(least), plain(most), word.comment))
        most = least - how.step
    return levels


def plain(points: Decimal) -> Decimal:
    """As a judge writes it: 9, not 9.0."""
    return points.normalize() + 0


def needs_comment(scale: Rubric, points: Points, how: Terms) -> list[str]:
    """The indicators whose points want a sentence why."""
    return [
        item.name
        for item in scale.used
        if item.id in points
        and any(level.comment and level.least <= points[item.id] <= level.most for level in of_weight(item.weight, how))
    ]
