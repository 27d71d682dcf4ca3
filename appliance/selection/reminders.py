"""催交: of each school, the candidates that must still bring or mend something or are to be filmed; and the same as counts,
for a screen that anybody may stand before. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from appliance.selection.production import SLOTS, Candidate


@dataclass(frozen=True)
class Reminder:
    """`lessons`: those with something left, by their order among the candidates."""

    school: str
    lessons: tuple[Candidate, ...]

    @property
    def open(self) -> int:
        """Lessons that lack something or have something to mend."""
        return sum(not one.ready for one in self.lessons)

    @property
    def pieces(self) -> int:
        return sum(count for one in self.lessons for _, count in one.lacks) + sum(len(one.mend) for one in self.lessons)


@dataclass(frozen=True)
class Filming:
    """`lessons`: how many of the school are filmed then and there."""

    day: str
    slot: str
    place: str
    school: str
    lessons: int


def by_school(candidates: Iterable[Candidate], today: str) -> list[Reminder]:
    """`today`: ISO. Schools with most left first; a lesson that is ready and filmed is nobody's care."""
    mine: dict[str, list[Candidate]] = {}
    for one in candidates:
        if not one.ready or _to_film(one, today):
            mine.setdefault(one.identity.school, []).append(one)
    found = [Reminder(school, tuple(lessons)) for school, lessons in mine.items()]
    return sorted(found, key=lambda one: (-one.pieces, one.school))


def filming(reminders: Sequence[Reminder], today: str) -> list[Filming]:
    """What is filmed from today on, soonest first."""
    counted = Counter(
        (one.filming["day"], one.filming["slot"], one.filming["place"], each.school)
        for each in reminders
        for one in each.lessons
        if one.filming and _to_film(one, today)
    )
    found = [Filming(*when, lessons) for when, lessons in counted.items()]
    return sorted(found, key=lambda one: (one.day, SLOTS.index(one.slot) if one.slot in SLOTS else 9, one.school))


def _to_film(one: Candidate, today: str) -> bool:
    return one.filming is not None and one.filming["day"] >= today
