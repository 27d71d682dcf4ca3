"""Scores and ranks computed another way: whole numbers only, no fractions, no rounding function of the box.

Points are counted in steps. A total is kept as `steps × weight of the whole`, over `weight of what is used ÷ step`;
all judges of a session share that divisor, so sums compare as they are.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from appliance.rules.edition import Edition
from appliance.selection import rubric, terms

JUDGES = tuple("甲乙丙丁戊己庚辛壬")


def session(edition: Edition, seed: int, lessons: int) -> dict[str, Any]:
    """Few different points, so that equal totals and equal scores are common."""
    chance = random.Random(seed)
    how = terms.from_edition(edition.selection)
    name = chance.choice(sorted(edition.rubrics))
    items = edition.rubrics[name]["items"]
    left = chance.sample([one["id"] for one in items], min(chance.choice((0, 0, 1, 2)), len(items) - 1))
    scale = rubric.rubric_of(edition, edition.rubrics[name]["category"], left)
    scores = [
        {"id": number, "lesson": no, "judge": judge, "version": 1,
         "items": {item.id: str(item.weight - how.step * chance.choice((0, 0, 1, 2))) for item in scale.used}}
        for no in range(1, lessons + 1)
        for number, judge in enumerate(chance.sample(JUDGES, chance.randint(0, len(JUDGES))))
    ]  # fmt: skip
    return {
        "rubric": rubric.to_data(scale), "terms": terms.to_data(how), "judges": list(JUDGES), "recusals": [],
        "lessons": [{"no": no, "title": f"课例{no}"} for no in range(1, lessons + 1)], "scores": scores, "votes": [],
    }  # fmt: skip


def steps_of(data: Mapping[str, Any], sheet: Mapping[str, str], groups: tuple[str, ...] = ()) -> int | None:
    """Points in steps, of all indicators or of `groups`; None when the session leaves all of those out."""
    step = Decimal(data["terms"]["step"])
    used = [one for one in data["rubric"]["items"] if one["id"] not in data["rubric"]["left_out"]]
    asked = [one["id"] for one in used if not groups or one["group"] in groups]
    return int(sum(Decimal(sheet[id]) for id in asked) / step) if asked else None


def kept(data: Mapping[str, Any], no: int) -> tuple[list[int], list[int]]:
    """(the totals that count, all totals), in steps; no totals that count when there are too few judges."""
    every = sorted(steps_of(data, one["items"]) for one in data["scores"] if one["lesson"] == no)
    if len(every) < data["terms"]["least_judges"]:
        return [], every
    return (every[1:-1] if len(every) >= data["terms"]["drop_from"] else every), every


def shown(data: Mapping[str, Any], no: int) -> str | None:
    counted, _ = kept(data, no)
    return rounded(data, counted) if counted else None


def rounded(data: Mapping[str, Any], counted: list[int]) -> str:
    """The score as printed: 四舍五入 by whole numbers."""
    weights = {one["id"]: int(one["weight"]) for one in data["rubric"]["items"]}
    whole, used = sum(weights.values()), sum(w for id, w in weights.items() if id not in data["rubric"]["left_out"])
    step, decimals = Decimal(data["terms"]["step"]), data["terms"]["decimals"]
    # score = Σsteps × step × whole ÷ (used × judges); `step` is a half or one
    top, bottom = sum(counted) * whole * 10**decimals * int(step * 2), used * len(counted) * 2
    units = (2 * top + bottom) // (2 * bottom)
    text = f"{units:0{decimals + 1}d}"
    return f"{text[:-decimals]}.{text[-decimals:]}"


def ranks(data: Mapping[str, Any]) -> dict[int, int | None]:
    """By cross-multiplied keys: score, then each step of the tie chain; a step that cannot tell parts nothing."""
    keys: dict[int, tuple[tuple[int, int], ...]] = {}
    for no in [one["no"] for one in data["lessons"]]:
        counted, every = kept(data, no)
        if counted:
            keys[no] = ((sum(counted), len(counted)), *(_tie(data, tie, no, every) for tie in data["terms"]["ties"]))
    found: dict[int, int | None] = {one["no"]: None for one in data["lessons"]}
    return found | {no: 1 + sum(_before(other, key) for other in keys.values()) for no, key in keys.items()}


def _tie(data: Mapping[str, Any], tie: Mapping[str, Any], no: int, every: list[int]) -> tuple[int, int]:
    if tie["kind"] == "untrimmed":
        return sum(every), len(every)
    if tie["kind"] == "vote":
        return 0, 1  # nobody voted
    each = [steps_of(data, one["items"], tuple(tie["groups"])) for one in data["scores"] if one["lesson"] == no]
    known = [value for value in each if value is not None]
    return (sum(known), len(known)) if known else (0, 1)


def _before(one: tuple[tuple[int, int], ...], other: tuple[tuple[int, int], ...]) -> bool:
    for (top, bottom), (their_top, their_bottom) in zip(one, other, strict=True):
        if top * their_bottom != their_top * bottom:
            return top * their_bottom > their_top * bottom
    return False
