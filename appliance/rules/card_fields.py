"""One field of the title card: is what the lesson says read there, something like it, something else, or nothing?

A field is found exactly or not at all; how is for the edition's aliases to say (`how`: word, grade, text, name).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from rapidfuzz import fuzz

from appliance.model import Identity
from appliance.rules.card_text import Line, core, is_name, labelled, runs, spelled
from appliance.rules.edition import Edition

_SAID = ("manifest", "person")  # sources that a person stands behind


class State(Enum):
    FOUND = "读到了"
    OFFERED = "课例没有写，片头上有"
    LIKE = "读到的不一样"
    UNREAD = "没有读到"
    OTHER = "写的是别的"


@dataclass(frozen=True)
class Seen:
    """One field of the card. `wanted`: what is known of the lesson, `read`: what stands there; "" for neither."""

    label: str
    state: State
    wanted: str = ""
    read: str = ""


@dataclass(frozen=True)
class Card:
    """What the matchers look at: the lines of one shot, the lesson, and the edition's words."""

    lines: Sequence[Line]
    identity: Identity
    edition: Edition
    limits: Mapping[str, Any]

    @property
    def aliases(self) -> Mapping[str, Any]:
        return self.edition.aliases

    def rest(self) -> list[str]:
        """The joined lines without title, teacher and school: 劳动 in a title is not the subject."""
        known = [core(one) for one in (self.identity.title, self.identity.teacher, self.identity.school) if one]
        found = [line.joined for line in self.lines]
        for word in sorted(known, key=len, reverse=True):
            found = [line.replace(word, "\n") for line in found]
        return found


def field(card: Card, label: str, row: Mapping[str, Any] | None) -> Seen:
    """A field without a row in the aliases is never read: a person looks."""
    if row is None:
        return Seen(label, State.UNREAD)
    return _HOWS[row["how"]](card, label, row)


def _word(card: Card, label: str, row: Mapping[str, Any]) -> Seen:
    """One of the edition's words: 教材版本, 学科, 学校类别."""
    shown = card.edition.special_kinds if row["table"] == "special_kinds" else {}
    known = str(getattr(card.identity, row["field"]))
    there = {word for line in card.rest() for word in spelled(line, card.aliases.get(row["table"], {}))}
    wanted, read = shown.get(known, known), "、".join(sorted(shown.get(one, one) for one in there))
    if known in there or (known and any(core(known) in line for line in card.rest())):
        return Seen(label, State.FOUND, wanted, wanted)
    if not known:
        return Seen(label, State.OFFERED if len(there) == 1 else State.UNREAD, "", read)
    return Seen(label, State.LIKE if there else State.UNREAD, wanted, read)


def _grade(card: Card, label: str, row: Mapping[str, Any]) -> Seen:
    """Exactly: 三年级上册 and 三年级下册 are four fifths alike and two different books."""
    identity = card.identity
    volumes = card.aliases.get("volumes", {})
    found = [
        (line, grade) for line in _bare(card) for grade in spelled(line.joined, card.aliases.get(row["table"], {}))
    ]
    grades = {grade for _, grade in found}
    books = {book for line, _ in found for book in spelled(line.joined, volumes)}
    wanted, read = identity.grade + identity.volume, "、".join(sorted(grades)) + "、".join(sorted(books))
    if not identity.grade:
        return Seen(label, State.OFFERED if len(grades) == 1 else State.UNREAD, "", "、".join(sorted(grades)))
    if grades == {identity.grade} and (not books or not identity.volume or books == {identity.volume}):
        return Seen(label, State.FOUND, wanted, read)
    surely = len(found) == 1 and found[0][0].least >= card.limits["sure"] and identity.grade not in grades
    if surely and identity.sources.get("grade") in _SAID:
        return Seen(label, State.OTHER, identity.grade, read)
    return Seen(label, State.LIKE if grades else State.UNREAD, wanted, read)


def _bare(card: Card) -> list[Line]:
    return [Line((text,), line.least) for text, line in zip(card.rest(), card.lines, strict=True)]


def _text(card: Card, label: str, row: Mapping[str, Any]) -> Seen:
    """课名 and 学校: the whole of what stands between two breaks, small words and the names of places left out."""
    wanted = str(getattr(card.identity, row["field"]))
    endings = card.aliases.get("card_endings", {}).get("words", ())
    there = {run for line in card.lines for run in runs(line, row["labels"], endings)}
    if wanted and any(_same(core(wanted), run, row) for run in there):
        return Seen(label, State.FOUND, wanted, wanted)
    behind = next((value for line in card.lines if (value := labelled(line, row["labels"]))), "")
    if not wanted:
        return Seen(label, State.OFFERED if behind else State.UNREAD, "", behind)
    near = max(there, key=lambda run: fuzz.ratio(core(wanted), run), default="")
    read = near if fuzz.ratio(core(wanted), near) >= card.limits["like"] else behind
    return Seen(label, State.LIKE if read else State.UNREAD, wanted, read)


def _same(wanted: str, run: str, row: Mapping[str, Any]) -> bool:
    small = str.maketrans("", "", row.get("small", ""))
    if wanted.translate(small) == run.translate(small):
        return True
    longer, shorter = sorted((wanted, run), key=len, reverse=True)
    before = longer.removesuffix(shorter)
    return before != longer and before[-1:] in row.get("places", "") and before != "" and len(shorter) >= 4


def _name(card: Card, label: str, row: Mapping[str, Any]) -> Seen:
    """Exactly, or a person looks: one character of a name is a third of it."""
    identity, endings = card.identity, card.aliases.get("teachers", {}).get("endings", ())
    wanted = str(getattr(identity, row["field"]))
    there = {run for line in card.lines for run in runs(line, row["labels"], endings)}
    if wanted and any(core(name) in there for name in (wanted, *identity.authors)):
        return Seen(label, State.FOUND, wanted, wanted)
    behind = [(value, line) for line in card.lines if (value := _without(labelled(line, row["labels"]), endings))]
    read = "、".join(dict.fromkeys(value for value, _ in behind))
    if not wanted:
        names = [value for value, _ in behind if is_name(value, card.aliases.get("teachers", {}))]
        return Seen(label, State.OFFERED if len(names) == 1 else State.UNREAD, "", names[0] if names else "")
    if len(behind) == 1 and _another(card, wanted, *behind[0]) and identity.sources.get(row["field"]) in _SAID:
        return Seen(label, State.OTHER, wanted, read)
    return Seen(label, State.LIKE if read else State.UNREAD, wanted, read)


def _another(card: Card, wanted: str, value: str, line: Line) -> bool:
    """A name with no character of ours, nor of any author's, and none of them anywhere else on the card: OCR takes
    one character for another, not all of them."""
    ours = set(core(wanted)).union(*map(core, card.identity.authors))
    return (
        line.least >= card.limits["sure"]
        and is_name(value, card.aliases.get("teachers", {}))
        and not ours & set(value)
        and not any(ours & set(text) for text in _beside_labels(card))
    )


def _beside_labels(card: Card) -> list[str]:
    """The lines without the words that only announce something: 教师 is in many of them, and in 教师甲."""
    labels = [core(label) for row in card.aliases.get("card", {}).values() for label in row["labels"]]
    found = card.rest()
    for label in sorted(labels, key=len, reverse=True):
        found = [text.replace(label, "\n") for text in found]
    return found


def _without(word: str, endings: Sequence[str]) -> str:
    for ending in endings:
        word = word.removesuffix(core(ending))
    return word


_HOWS: Mapping[str, Callable[[Card, str, Mapping[str, Any]], Seen]] = {
    "word": _word, "grade": _grade, "text": _text, "name": _name,
}  # fmt: skip
