"""评委打分的松紧: each judge's mean and spread beside the panel's, for the group head alone. It corrects nothing.

A judge is compared with the mean of all judges on the very lessons that this judge scored: whoever was recused from
the best lessons is not called strict for it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from appliance.selection.scoring import half_up, mean


@dataclass(frozen=True)
class Row:
    """`off`: mean of (own total − mean of the lesson), two decimals; `deviation`: sample standard deviation of the
    judge's totals, None for fewer than two. `flag`: further off than the edition's limit."""

    judge: str
    lessons: int
    mean: Decimal
    deviation: Decimal | None
    off: Decimal
    flag: bool


@dataclass(frozen=True)
class Wide:
    """A lesson on which the judges are far apart. `span`: highest − lowest total."""

    no: int
    span: Decimal


def judges(result: Sequence[Mapping[str, Any]], limit: Decimal) -> list[Row]:
    """`result`: of `sheet.result`. By the judge's name."""
    own: dict[str, list[Fraction]] = {}
    apart: dict[str, list[Fraction]] = {}
    for totals in map(_totals, result):
        middle = mean([*totals.values()]) if totals else Fraction()
        for judge, total in totals.items():
            own.setdefault(judge, []).append(total)
            apart.setdefault(judge, []).append(total - middle)
    return [_row(judge, own[judge], mean(apart[judge]), limit) for judge in sorted(own)]


def wide(result: Sequence[Mapping[str, Any]], limit: Decimal) -> list[Wide]:
    """Widest first."""
    spans = [
        Wide(row["no"], _signed(max(totals.values()) - min(totals.values())))
        for row in result
        if len(totals := _totals(row)) > 1
    ]
    return sorted((one for one in spans if one.span > limit), key=lambda one: (-one.span, one.no))


def _row(judge: str, own: list[Fraction], off: Fraction, limit: Decimal) -> Row:
    deviation = None
    if len(own) > 1:
        middle = mean(own)
        variance = sum((one - middle) ** 2 for one in own) / (len(own) - 1)
        deviation = Decimal(f"{math.sqrt(variance):.2f}")
    return Row(judge, len(own), half_up(mean(own), 2), deviation, _signed(off), abs(off) > Fraction(limit))


def _signed(value: Fraction) -> Decimal:
    return half_up(value, 2) if value >= 0 else -half_up(-value, 2)


def _totals(row: Mapping[str, Any]) -> dict[str, Fraction]:
    return {one["judge"]: Fraction(one["exact"]) for one in row["judges"]}
