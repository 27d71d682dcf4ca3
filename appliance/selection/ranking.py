"""排名: by the exact score; equal scores go down the configured chain, and every step is told in a sentence.

What no step can part shares its place, and the next place is left free (1, 2, 2, 4).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from appliance.selection.scoring import Outcome, exact, half_up
from appliance.selection.terms import Terms, Tie


@dataclass(frozen=True)
class Standing:
    """`subtotals`: {tie name: mean over all valid judges}, None when the session leaves that group out."""

    no: int
    outcome: Outcome
    subtotals: Mapping[str, Fraction | None]


@dataclass(frozen=True)
class Ballot:
    """A recorded vote of the panel among equal lessons: {judge: lesson no}. A later one among the same counts."""

    id: int
    among: frozenset[int]
    choices: Mapping[str, int]


@dataclass(frozen=True)
class Step:
    """One step of the tie chain for the lessons that were still equal. `values` as shown, by lesson no."""

    name: str
    values: Mapping[int, str]
    says: str


@dataclass(frozen=True)
class Place:
    """`rank` is None for a lesson without a valid score."""

    no: int
    rank: int | None
    shared: bool
    steps: tuple[Step, ...]


def rank(standings: Sequence[Standing], terms: Terms, ballots: Sequence[Ballot] = ()) -> list[Place]:
    """In order; the order in which standings and ballots are given does not matter."""
    votes = {ballot.among: ballot for ballot in sorted(ballots, key=lambda one: one.id)}
    scored = [one for one in standings if one.outcome.score is not None]
    places: list[Place] = []
    for equal in parted(scored, lambda one: one.outcome.score):
        for group, steps in untied(equal, terms.ties, votes, terms.decimals):
            first = len(places) + 1
            places += [Place(one.no, first, len(group) > 1, steps) for one in sorted(group, key=lambda one: one.no)]
    unscored = sorted(one.no for one in standings if one.outcome.score is None)
    return places + [Place(no, None, False, ()) for no in unscored]


def parted(group: Sequence[Standing], value: Callable[[Standing], Fraction | None]) -> list[list[Standing]]:
    """Highest first; equal ones together."""
    order = sorted(group, key=lambda one: value(one) or Fraction(), reverse=True)
    return [list(equal) for _, equal in groupby(order, key=value)]


def untied(
    equal: list[Standing], ties: Sequence[Tie], votes: Mapping[frozenset[int], Ballot], decimals: int
) -> list[tuple[list[Standing], tuple[Step, ...]]]:
    if len(equal) == 1 or not ties:
        return [(equal, ())]
    values = values_of(ties[0], equal, votes)
    parts = [equal] if None in values.values() else parted(equal, lambda one: values[one.no])
    step = told(ties[0], values, len(parts), decimals)
    return [
        (group, (step, *later)) for part in parts for group, later in untied(part, ties[1:], votes, decimals)
    ]  # fmt: skip


def values_of(
    tie: Tie, equal: Sequence[Standing], votes: Mapping[frozenset[int], Ballot]
) -> dict[int, Fraction | None]:
    if tie.kind == "groups":
        return {one.no: one.subtotals[tie.name] for one in equal}
    if tie.kind == "untrimmed":
        return {one.no: one.outcome.untrimmed for one in equal}
    ballot = votes.get(frozenset(one.no for one in equal))
    if ballot is None:
        return {one.no: None for one in equal}
    return {one.no: Fraction([*ballot.choices.values()].count(one.no)) for one in equal}


def told(tie: Tie, values: Mapping[int, Fraction | None], parts: int, decimals: int) -> Step:
    nos = sorted(values, key=lambda no: (-(values[no] or 0), no))
    who = "、".join(f"第 {no} 号" for no in sorted(values))
    if None in values.values():
        why = "还没有表决记录" if tie.kind == "vote" else "本场不评这些项"
        return Step(tie.name, {}, f"{who}同分，{tie.name}：{why}，分不出先后")
    shown = {no: f"{value} 票" if tie.kind == "vote" else number(value or Fraction(), decimals)
             for no in nos for value in (values[no],)}  # fmt: skip
    each = "，".join(f"第 {no} 号 {text}" for no, text in shown.items())
    end = "高的在前" if parts == len(values) else "仍然相同" if parts == 1 else "高的在前，相同的再往下比"
    return Step(tie.name, shown, f"{who}同分，比{tie.name}：{each}；{end}")


def number(value: Fraction, decimals: int) -> str:
    """Rounded, and the exact fraction beside it where rounding hid something."""
    rounded = half_up(value, decimals)
    return f"{rounded}" if Fraction(rounded) == value else f"{rounded}（{exact(value)}）"
