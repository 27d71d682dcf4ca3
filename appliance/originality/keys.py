"""The keys of a print: the few of its hashes or words under which others look for it. Both sides choose alike, so
what two prints share is found without reading either."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from appliance.originality.sound import SoundPrint
from appliance.originality.text import TextPrint

SPARSE = 8  # one hash or word of so many
_SOUND = 1 << 32  # sounds stand beside texts, and never meet
_MOST_TIMES = 4  # a word that comes again and again is silence or a standing tone


def of_text(print_: TextPrint) -> list[tuple[int, int]]:
    """`[(key, 0)]`"""
    return [(one, 0) for one in print_.at(max(SPARSE, print_.scale))]


def of_sound(print_: SoundPrint) -> list[tuple[int, int]]:
    """`[(key, place of the word)]`"""
    times = Counter(print_.words)
    return [
        (_SOUND | word, place)
        for place, word in enumerate(print_.words)
        if _chosen(word) and times[word] <= _MOST_TIMES
    ]


def _chosen(word: int) -> bool:
    """By a mixed value: the low bits of neighbouring words are much the same."""
    return (word * 2654435761 >> 13) % SPARSE == 0


def shifts(votes: Iterable[tuple[int, int]], most: int, least: int) -> Iterator[int]:
    """`votes`: (place here, place there) of equal keys. The shifts that most of them name, best first; neighbours
    count together, because the two films' words are not cut at the same moments."""
    named = Counter(here - there for here, there in votes)
    near = {shift: sum(named[shift + step] for step in (-1, 0, 1)) for shift in named}
    found = sorted((shift for shift, count in near.items() if count >= least), key=lambda shift: (-near[shift], shift))
    yield from found[:most]
