"""What a title card says, field by field, beside what is known of the lesson (V3, E6).

OCR reads a clear card without fault, but it misses small or faded writing and takes rare characters for others. So:
what is read exactly is found; what is not read, or read otherwise, is for a person. Only two things are plainly wrong:
another grade, and another teacher's name without one character in common; and only where every character was read
surely, the rest of the card is this lesson's, and a person said what is right, not the name of a folder.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from appliance.model import Identity
from appliance.rules.card_fields import Card, Seen, State, field
from appliance.rules.card_text import lines
from appliance.rules.edition import Edition


@dataclass(frozen=True)
class Reading:
    """Of the shot on which most was found. `seconds`: from the first to the last moment at which as much stood there.
    `to_the_end`: still there in the last picture that was looked at."""

    fields: tuple[Seen, ...]
    seconds: float
    to_the_end: bool

    def those(self, *states: State) -> list[Seen]:
        return [one for one in self.fields if one.state in states]


def read(
    shots: Sequence[Mapping[str, Any]], identity: Identity, edition: Edition, limits: Mapping[str, Any]
) -> Reading:
    """`shots` as the look `card` gives them."""
    readings = [(shot, _fields(Card(lines(shot, limits["read"]), identity, edition, limits))) for shot in shots]
    most = max((_count(fields) for _, fields in readings), default=0)
    best = [(shot, fields) for shot, fields in readings if _count(fields) == most]
    times = [float(at) for shot, _ in best for at in shot["at"]]
    last = max((float(at) for shot in shots for at in shot["at"]), default=0.0)
    elsewhere = {one.label for _, fields in readings for one in fields if one.state is State.FOUND}
    fields = tuple(_plainly(one, best[0][1], elsewhere) for one in best[0][1]) if best else ()
    return Reading(fields, max(times, default=0.0) - min(times, default=0.0), max(times, default=-1.0) == last)


def _count(fields: Sequence[Seen]) -> int:
    return sum(one.state in (State.FOUND, State.OFFERED) for one in fields)


def _plainly(one: Seen, fields: Sequence[Seen], elsewhere: set[str]) -> Seen:
    """Another grade or teacher counts only on a card that is otherwise this lesson's."""
    ours = sum(each.state is State.FOUND for each in fields) >= 2 and one.label not in elsewhere
    return Seen(one.label, State.LIKE, one.wanted, one.read) if one.state is State.OTHER and not ours else one


def _fields(card: Card) -> tuple[Seen, ...]:
    rows = card.aliases.get("card", {})
    return tuple(
        field(card, label, rows.get(label)) for label in card.edition.title_card.get(card.identity.category, ())
    )
