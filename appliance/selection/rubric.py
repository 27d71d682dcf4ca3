"""量表: the indicators of a session and what each may earn (附件3). Exact numbers, no rounding here.

Indicators that a trial lesson cannot show yet are left out openly; what is left is scaled to the whole rubric.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

from appliance.errors import NotFound, WrongUse
from appliance.rules.edition import Edition

Points = Mapping[str, Decimal]  # {item id: points given}


@dataclass(frozen=True)
class Item:
    """`weight`: the most points it can earn."""

    id: str
    group: str
    name: str
    weight: Decimal


@dataclass(frozen=True)
class Rubric:
    id: str
    title: str
    items: tuple[Item, ...]
    left_out: frozenset[str] = frozenset()

    @cached_property
    def used(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.id not in self.left_out)

    @cached_property
    def factor(self) -> Fraction:
        """What the points given are multiplied by, so that the best possible lesson still earns the whole."""
        return _weight(self.items) / _weight(self.used)

    def total(self, points: Points) -> Fraction:
        return Fraction(sum((points[item.id] for item in self.used), Decimal())) * self.factor

    def subtotal(self, points: Points, groups: Collection[str]) -> Fraction | None:
        """Scaled like the total; None when the session leaves all these groups out."""
        return self.subtotal_of([points], groups)

    def subtotal_of(self, sheets: Sequence[Points], groups: Collection[str]) -> Fraction | None:
        """Of several sheets together."""
        items = [item.id for item in self.used if item.group in groups]
        if not items:
            return None
        return Fraction(sum((points[id] for points in sheets for id in items), Decimal())) * self.factor

    def problems(self, points: Points, step: Decimal) -> list[str]:
        """What is wrong with a score sheet, a sentence each; empty when it may be recorded."""
        used = {item.id: item for item in self.used}
        return [
            *(f"没有“{one}”这一项" for one in points if one not in {item.id for item in self.items}),
            *(f"第 {one} 项本场不评" for one in points if one in self.left_out),
            *(f"第 {item.id} 项“{item.name}”还没有打分" for item in self.used if item.id not in points),
            *(
                f"第 {one} 项“{used[one].name}”打了 {value} 分，应在 0 到 {used[one].weight} 之间，每档 {step} 分"
                for one, value in points.items()
                if one in used and not _fits(value, used[one].weight, step)
            ),
        ]


def rubric_of(edition: Edition, category: str, left_out: Collection[str] = ()) -> Rubric:
    """The edition's rubric of a category. Raises `NotFound`, `WrongUse` for an indicator it does not have."""
    for name, row in edition.rubrics.items():
        if row["category"] == category:
            return leaving_out(from_data({**row, "id": name}), left_out)
    raise NotFound(f"年度规则 {edition.id} 没有“{category}”的量表")


def leaving_out(rubric: Rubric, ids: Collection[str]) -> Rubric:
    unknown = sorted(set(ids) - {item.id for item in rubric.items})
    if unknown:
        raise WrongUse(f"{rubric.title}的量表没有第 {'、'.join(unknown)} 项")
    left = Rubric(rubric.id, rubric.title, rubric.items, frozenset(ids))
    if not left.used:
        raise WrongUse("不能把所有的项都略去")
    return left


def from_data(row: Mapping[str, Any]) -> Rubric:
    """From an edition's table or a printed ranking."""
    items = tuple(Item(one["id"], one["group"], one["name"], Decimal(str(one["weight"]))) for one in row["items"])
    return Rubric(row["id"], row["title"], items, frozenset(row.get("left_out", ())))


def to_data(rubric: Rubric) -> dict[str, Any]:
    items = [{"id": i.id, "group": i.group, "name": i.name, "weight": str(i.weight)} for i in rubric.items]
    return {"id": rubric.id, "title": rubric.title, "left_out": sorted(rubric.left_out), "items": items}


def _weight(items: Collection[Item]) -> Fraction:
    return sum((Fraction(item.weight) for item in items), Fraction())


def _fits(value: Decimal, weight: Decimal, step: Decimal) -> bool:
    return value.is_finite() and 0 <= value <= weight and Fraction(value) % Fraction(step) == 0
