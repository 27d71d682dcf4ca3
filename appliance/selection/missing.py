"""缺件: which materials a lesson still has to bring, by the edition's lists for its category, phase and periods. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from appliance.model import Identity, Phase
from appliance.rules.edition import Edition, Rule
from appliance.rules.engine import concerns

Counts = Mapping[tuple[str, int], int]
"""{(role, period): how many files}"""

HERE, HALF, LACKS, LATER, FREE, NOT_ASKED = "here", "half", "lacks", "later", "free", "not asked"


@dataclass(frozen=True)
class Cell:
    """What a lesson has of one role. `have`: periods (or files, when so many are asked for) that are there; `want`:
    how many are asked for. `state`: here, half (a file came incomplete), lacks, later (advised now, required of a
    finished lesson), free (may be left out), not asked."""

    role: str
    have: int
    want: int
    state: str

    @property
    def short(self) -> int:
        return max(self.want - self.have, 0) if self.state in (LACKS, HALF) else 0


class Lacking:
    """What lessons of a phase still lack, worked out once for all that are alike: most of a county's lessons are."""

    def __init__(self, edition: Edition, phase: Phase) -> None:
        self._edition, self._phase = edition, phase
        self._known: dict[tuple[Any, ...], tuple[tuple[str, int], ...]] = {}

    def of(self, row: Mapping[str, Any], identity: Identity) -> tuple[tuple[str, int], ...]:
        """(material, how many files); `row`: of `matrix.lessons`."""
        whole, half = counts(row["whole"]), counts(row["half"])
        alike = (identity.category, identity.stage, identity.periods, len(identity.authors),
                 frozenset(whole.items()), frozenset(half))  # fmt: skip
        if alike not in self._known:
            found = cells(self._edition, identity, self._phase, whole, half)
            self._known[alike] = tuple((self._edition.role_name(one.role), one.short) for one in found if one.short)
        return self._known[alike]


def cells(edition: Edition, identity: Identity, phase: Phase, whole: Counts, half: Counts) -> list[Cell]:
    """In the order of the edition's list; empty while the category is not known. Of the lesson only what `Lacking`
    compares may count."""
    periods = max([identity.periods, *(period for _, period in whole), 1])
    counting = [rule for rule in edition.rules if rule.kind in _LEAST and concerns(rule.applies, identity, phase)]
    came = _periods(whole)
    found = []
    for asked in edition.materials.get(identity.category, ()):
        want = min(periods, 100) if asked.per == "period" else 1
        here = _here(asked.per, came.get(asked.role, frozenset()), want)
        cell = Cell(asked.role, here, want, _state(asked.in_phase(phase), here, want))
        found.append(_half(_counted(cell, counting, identity, whole), half))
    return found


def _periods(whole: Counts) -> dict[str, set[int]]:
    """{role: the periods of which a file is there}"""
    found: dict[str, set[int]] = {}
    for (role, period), count in whole.items():
        if count and period >= 1:
            found.setdefault(role, set()).add(period)
    return found


def _here(per: str, came: Collection[int], want: int) -> int:
    """A material of the whole lesson may bear any period."""
    return sum(period <= want for period in came) if per == "period" else int(bool(came))


def _state(need: str, here: int, wanted: int) -> str:
    if need == "none" and not here:
        return NOT_ASKED
    if here >= wanted:
        return HERE
    if need in ("required", "advised"):
        return LACKS if need == "required" else LATER
    return HERE if here else FREE


def _counted(cell: Cell, counting: Sequence[Rule], identity: Identity, whole: Counts) -> Cell:
    """Some rules ask for a number of files that the list of materials does not tell."""
    files = sum(count for (role, _), count in whole.items() if role == cell.role)
    for rule in counting:
        if rule.limits["role"] == cell.role:
            want = _LEAST[rule.kind](rule, identity)
            if want:
                return replace(cell, have=files, want=want, state=HERE if files >= want else LACKS)
    return cell


def _half(cell: Cell, half: Counts) -> Cell:
    came = any(role == cell.role for role, _ in half)
    return replace(cell, state=HALF) if came and cell.state != HERE else cell


_LEAST: Mapping[str, Callable[[Rule, Identity], int]] = {
    "scans": lambda rule, identity: int(rule.limits["least"]),
    "evidence": lambda rule, identity: int(len(identity.authors) >= rule.limits["from"]),
}


def counts(rows: list[dict[str, Any]]) -> Counts:
    """From rows with `role` and `period`."""
    found: dict[tuple[str, int], int] = {}
    for row in rows:
        found[row["role"], row["period"]] = found.get((row["role"], row["period"]), 0) + 1
    return found
