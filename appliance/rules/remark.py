"""What a kind of rule yields: which of the edition's cases it is, and the fields for its words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from appliance.model import LessonFacts, Turn
from appliance.rules.edition import Edition, Rule

UNDETERMINED = "undetermined"  # the case that every kind may use; the edition words it once, for all


@dataclass(frozen=True)
class Remark:
    """`measured` and `expected` are for the columns of a table, with units."""

    case: str
    material: str = ""
    measured: str = ""
    expected: str = ""
    fields: Mapping[str, object] = field(default_factory=dict)


def undetermined(material: str, what: str, why: str, expected: str = "") -> Remark:
    """A probe could not look: never a pass."""
    return Remark(UNDETERMINED, material, "没有测到", expected, {"what": what, "why": why})


Judge = Callable[[Rule, LessonFacts, Edition], Iterable[Remark]]


@dataclass(frozen=True)
class Kind:
    """`limits`: the names it reads from the row. `cases`: each case with the fields that its words may use.
    `turn`: whether what it looks at is measured before the first answer or after it."""

    judge: Judge
    limits: tuple[str, ...]
    cases: Mapping[str, tuple[str, ...]]
    turn: Turn = Turn.FIRST
