"""How a session counts: all of it data of the edition (`selection.toml`), copied into the session when it is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class Tie:
    """One step of the tie chain. `kind`: groups (mean of a subtotal), untrimmed (plain mean), vote."""

    kind: str
    name: str
    groups: tuple[str, ...] = ()


@dataclass(frozen=True)
class Word:
    """A level word: from which share of an indicator's points it holds, and whether it wants a comment."""

    name: str
    share: Decimal
    comment: bool


@dataclass(frozen=True)
class Terms:
    """`drop_from`: from so many judges up the highest and the lowest are dropped; below `least_judges` no score.
    `words`: of the levels, best first."""

    drop_from: int
    least_judges: int
    decimals: int
    step: Decimal
    ties: tuple[Tie, ...]
    words: tuple[Word, ...] = ()


def from_edition(selection: Mapping[str, Any]) -> Terms:
    plain = {name: selection[name]["value"] for name in ("drop_from", "least_judges", "decimals", "step")}
    return from_data({**plain, "ties": selection["ties"], "words": selection["levels"]["words"]})


def from_data(row: Mapping[str, Any]) -> Terms:
    ties = tuple(Tie(tie["kind"], tie["name"], tuple(tie.get("groups", ()))) for tie in row["ties"])
    # Sessions of before the words were copied have none: then no comment is asked for.
    words = tuple(Word(one["name"], Decimal(one["from"]), bool(one.get("comment"))) for one in row.get("words", ()))
    return Terms(row["drop_from"], row["least_judges"], row["decimals"], Decimal(str(row["step"])), ties, words)


def told(terms: Terms) -> str:
    """How a session counts, in a sentence that stands beside its ranking."""
    return (
        f"满 {terms.drop_from} 位评委去掉一个最高分、一个最低分再平均，不满的全部平均，少于 {terms.least_judges} 位不计成绩；"
        f"取 {terms.decimals} 位小数，最后四舍五入一次，名次按没有取整的分数排；"
        f"同分依次比{'、'.join(tie.name for tie in terms.ties)}"
    )


def to_data(terms: Terms) -> dict[str, Any]:
    ties = [{"kind": tie.kind, "name": tie.name, "groups": list(tie.groups)} for tie in terms.ties]
    return {
        "drop_from": terms.drop_from, "least_judges": terms.least_judges, "decimals": terms.decimals,
        "step": str(terms.step), "ties": ties,
        "words": [{"name": one.name, "from": str(one.share), "comment": one.comment} for one in terms.words],
    }  # fmt: skip
