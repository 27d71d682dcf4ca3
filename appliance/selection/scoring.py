"""One lesson's score from its judges' totals. Exact fractions; `half_up` once, at the end, for what is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from appliance.selection.terms import Terms


@dataclass(frozen=True)
class Outcome:
    """`score` is exact, None when there were too few judges; `untrimmed` is the plain mean of all of them.
    `highest` and `lowest` name the judges whose totals were dropped, "" when none was."""

    totals: Mapping[str, Fraction]
    score: Fraction | None
    untrimmed: Fraction | None
    highest: str = ""
    lowest: str = ""

    @property
    def counted(self) -> list[str]:
        return sorted(set(self.totals) - {self.highest, self.lowest})


def score(totals: Mapping[str, Fraction], terms: Terms) -> Outcome:
    """`totals`: {judge: total}. A judge who did not score is absent, which is not the same as a low score."""
    if len(totals) < terms.least_judges:
        return Outcome(totals, None, None)
    untrimmed = mean(list(totals.values()))
    if len(totals) < terms.drop_from:
        return Outcome(totals, untrimmed, untrimmed)
    # Which of two equal totals is dropped changes no number; by name, so that everybody drops the same.
    order = sorted(totals, key=lambda judge: (totals[judge], judge))
    kept = [totals[judge] for judge in order[1:-1]]
    return Outcome(totals, mean(kept), untrimmed, highest=order[-1], lowest=order[0])


def mean(values: list[Fraction]) -> Fraction:
    return sum(values, Fraction()) / len(values)


def half_up(value: Fraction, decimals: int) -> Decimal:
    """四舍五入, of numbers from 0 up: 88.125 is 88.13, where `round` says 88.12."""
    units = (value * 10**decimals + Fraction(1, 2)).__floor__()
    return Decimal(units).scaleb(-decimals)


def exact(value: Fraction) -> str:
    """As a fraction that anybody can check: "265/3", or "88"."""
    return str(value)
