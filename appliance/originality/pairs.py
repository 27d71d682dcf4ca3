"""One print against those that share keys with it: who comes into question, and how alike each is. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from appliance.originality import keys, picture, sound, text
from appliance.originality.picture import PicturePrint, Span
from appliance.originality.sound import SoundPrint
from appliance.originality.text import TextPrint

Votes = Sequence[tuple[int, int, int]]  # (place here, place there, how many prints have the key)
_MOST = 48  # prints that are compared in full
_LEAST_TEXT, _LEAST_SECONDS, _LEAST_SCENES = 0.1, 10.0, 4  # less is nobody's concern, and no rule asks for it
_SHIFTS, _LEAST_VOTES = 8, 2


@dataclass(frozen=True)
class Pair:
    """`score`: shared share of the shorter one, 0–1. `amount`: shared characters or seconds. `start`, `end`: where
    in the first; `other_start`, `other_end`: where in the other; of a text 0–1, of a film seconds. `bits`: share of
    the bits that differ, of sounds. `spans`: the stretches of films that are the same, in both. `moments`: seconds
    (here, there) at which their pictures are the same; there are as many as scenes."""

    score: float
    amount: float
    start: float
    end: float
    other_start: float = 0.0
    other_end: float = 0.0
    bits: float = 0.0
    spans: tuple[Span, ...] = ()
    moments: tuple[tuple[float, float], ...] = ()

    def turned(self) -> Pair:
        """As the other one sees it."""
        spans = tuple((there, until, here, end) for here, end, there, until in self.spans)
        moments = tuple((there, here) for here, there in self.moments)
        return Pair(
            self.score, self.amount, self.other_start, self.other_end, self.start, self.end, self.bits, spans, moments
        )  # fmt: skip


def candidates(votes: Mapping[int, Votes]) -> list[int]:
    """The prints to compare with: those with the rarest shared keys, and those with the most, so that what
    everybody has is known for what it is."""
    rare = {one: sum(1 / holders for _, _, holders in found) for one, found in votes.items()}
    first = sorted(votes, key=lambda one: (-rare[one], one))[:_MOST]
    most = sorted(votes, key=lambda one: (-len(votes[one]), one))[: _MOST // 2]
    return sorted({*first, *most})


def common(one: TextPrint, others: Iterable[tuple[TextPrint, Collection[str]]], author: str, authors: int) -> set[int]:
    """The hashes that more than this many authors have. `others`: prints, each with the authors who handed it in."""
    own, have = set(one.hashes), Counter[int]()
    by_author: dict[str, set[int]] = {author: own}
    for print_, handed_in in others:
        shared = own.intersection(print_.hashes)
        for name in handed_in:
            by_author.setdefault(name, set()).update(shared)
    for hashes in by_author.values():
        have.update(hashes)
    return {one for one, count in have.items() if count > authors}


def texts(
    one: TextPrint, other: TextPrint, blank: Collection[int], everybodys: Collection[int], least: int
) -> Pair | None:
    here = text.compare(one, other, blank, everybodys, least)
    if here.score < _LEAST_TEXT:
        return None
    there = text.compare(other, one, blank, everybodys, least)
    return Pair(here.score, float(here.shared), here.start, here.end, there.start, there.end)


def films(one: SoundPrint, other: SoundPrint, votes: Votes) -> Pair | None:
    places = [(here, there) for here, there, _ in votes]
    heard = sound.compare(one, other, keys.shifts(places, _SHIFTS, _LEAST_VOTES))
    if heard is None or heard.seconds < _LEAST_SECONDS:
        return None
    span = heard.start, heard.end, heard.other_start, heard.other_end
    return Pair(heard.score, heard.seconds, *span, heard.bits, (span,))


def pictures(one: PicturePrint, other: PicturePrint, everybodys: Collection[int]) -> Pair | None:
    """`everybodys`: places of the first one's pictures that many authors have."""
    seen = picture.compare(one, other, everybodys)
    if seen is None or seen.scenes < _LEAST_SCENES:
        return None
    there = [span[2] for span in seen.spans], [span[3] for span in seen.spans]
    return Pair(
        seen.score, seen.seconds, seen.spans[0][0], seen.spans[-1][1], min(there[0]), max(there[1]), 0.0, seen.spans,
        seen.moments,
    )  # fmt: skip


def most_met(met: Mapping[int, Collection[int]]) -> list[int]:
    """The prints to compare with: those that share the most pictures."""
    return sorted(sorted(met, key=lambda one: (-len(met[one]), one))[:_MOST])


def common_pictures(met: Mapping[int, Collection[int]], whose: Mapping[int, Collection[str]], authors: int) -> set[int]:
    """The places that more than this many authors' films have. `met`: for each print the places that it shares."""
    by_place: dict[int, set[str]] = {}
    for print_, places in met.items():
        for place in places:
            by_place.setdefault(place, set()).update(whose.get(print_, ()))
    return {place for place, names in by_place.items() if len(names) >= authors}
