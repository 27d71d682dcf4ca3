"""Who reads what. Pure: the same seed, lessons and experts give the same plan, on every machine.

1. Lessons with the fewest eligible experts come first, the order among them by SHA-256 of seed and number.
2. Each is given to those who have least to read yet, ties again by SHA-256.
3. While a chain of handing-on makes a heavy load lighter by two or more, it is carried out. Then no plan has a smaller
   difference between the heaviest load and one that it could be handed to.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

Plan = dict[int, list[str]]  # {lesson number: its readers}


@dataclass(frozen=True)
class Reader:
    """`subjects` empty: reads all. `load`: lessons that the expert has to read already."""

    name: str
    subjects: frozenset[str] = frozenset()
    load: int = 0


@dataclass(frozen=True)
class Paper:
    """A lesson that wants `wanted` more readers. `barred`: experts who may not or need not read it."""

    no: int
    subject: str
    wanted: int
    barred: frozenset[str] = frozenset()


@dataclass
class _Desk:
    """What is planned so far; `load` counts what was there before too."""

    plan: Plan = field(default_factory=dict)
    load: dict[str, int] = field(default_factory=dict)


def assign(papers: Sequence[Paper], readers: Sequence[Reader], seed: str) -> Plan:
    """Fewer readers than wanted where there are not enough who may."""
    may = {paper.no: [one.name for one in readers if fits(one, paper)] for paper in papers}
    desk = _Desk(load={one.name: one.load for one in readers})
    for paper in sorted(papers, key=lambda one: (len(may[one.no]), _lot(seed, one.no))):
        chosen = sorted(may[paper.no], key=lambda name: (desk.load[name], _lot(seed, paper.no, name)))[: paper.wanted]
        desk.plan[paper.no] = chosen
        for name in chosen:
            desk.load[name] += 1
    _level(desk, may)
    return {paper.no: sorted(desk.plan[paper.no]) for paper in papers}


def fits(reader: Reader, paper: Paper) -> bool:
    return reader.name not in paper.barred and (not reader.subjects or paper.subject in reader.subjects)


def _level(desk: _Desk, may: Mapping[int, Collection[str]]) -> None:
    """Each chain makes the sum of squares of the loads smaller, so it ends."""
    moved = True
    while moved:
        moved = any(
            _hand_on(desk, may, heavy) for heavy in sorted(desk.load, key=lambda name: (-desk.load[name], name))
        )


def _hand_on(desk: _Desk, may: Mapping[int, Collection[str]], heavy: str) -> bool:
    """One lesson less for `heavy`, one more at the end of the chain, for somebody who has at least two fewer."""
    came: dict[str, tuple[str, int]] = {}  # {expert: (who hands on, which lesson)}
    edge = [heavy]
    while edge:
        name = edge.pop(0)
        for no in sorted(no for no, chosen in desk.plan.items() if name in chosen):
            for other in sorted(may[no]):
                if other in desk.plan[no] or other in came or other == heavy:
                    continue
                came[other] = (name, no)
                if desk.load[heavy] - desk.load[other] >= 2:
                    _carry(desk, came, heavy, other)
                    return True
                edge.append(other)
    return False


def _carry(desk: _Desk, came: Mapping[str, tuple[str, int]], heavy: str, last: str) -> None:
    desk.load[heavy] -= 1
    desk.load[last] += 1
    while last != heavy:
        giver, no = came[last]
        desk.plan[no] = [last if name == giver else name for name in desk.plan[no]]
        last = giver


def _lot(seed: str, no: int, name: str = "") -> str:
    return hashlib.sha256(f"{seed}\n{no}\n{name}".encode()).hexdigest()
