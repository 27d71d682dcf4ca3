"""原创: what of a lesson is alike to what the box has ever held, its own revisions left out.

Every check compares anew, since more has come in meanwhile. A pair is kept once; when it is new, the other lesson,
which was checked before this one came, is checked again, so that both are told.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from appliance.catalog import alikes, fingerprints
from appliance.catalog.alikes import Holder
from appliance.catalog.fingerprints import Held
from appliance.model import Alike, Lesson
from appliance.originality import pairs, picture_search
from appliance.originality.pairs import Pair
from appliance.originality.picture import PicturePrint
from appliance.originality.sound import SoundPrint
from appliance.originality.text import TextPrint, text_print
from appliance.rules.blank_forms import blanks, lines
from appliance.rules.edition import Edition


@dataclass(frozen=True)
class Likeness:
    """`found`: for each print of the lesson, the other prints and how alike they are. `facts`: what rules see."""

    found: Mapping[int, Mapping[int, Pair]]
    facts: tuple[Alike, ...]


NOTHING = Likeness({}, ())


def of_lesson(db: Database, lesson: Lesson, edition: Edition) -> Likeness:
    """Writes nothing."""
    held = fingerprints.of_files(db, (material.sha256 for material in lesson.materials))
    limits = next((rule.limits for rule in edition.rules if rule.kind == "alike"), None)
    found = {one.id: compared(db, one, limits, blank_hashes(edition)) for one in held} if limits else {}
    return Likeness(found, told(db, lesson, held, found))


def told(
    db: Database, lesson: Lesson, held: Sequence[Held], found: Mapping[int, Mapping[int, Pair]]
) -> tuple[Alike, ...]:
    """What rules see of these pairs, and of files that another lesson has byte by byte."""
    author = Holder(lesson.no, lesson.identity.title, lesson.identity.school, lesson.identity.teacher).author
    by_file = {material.sha256: material.name for material in lesson.materials}
    rows = []
    for sha256, name in by_file.items():
        for holder in alikes.of_file(db, sha256):
            rows.append((holder, Alike(name, alikes.FILE, 1.0)))
    for one in held:
        for other, pair in found.get(one.id, {}).items():
            for holder in alikes.holders(db, other):
                row = Alike(
                    by_file[one.sha256], one.kind, pair.score, pair.amount, pair.start, pair.end,
                    spans=pair.spans, moments=pair.moments,
                )  # fmt: skip
                rows.append((holder, row))
    told_of = [
        dataclasses.replace(row, lesson=holder.lesson, own=holder.author == author, whose=holder.named)
        for holder, row in rows
        if holder.lesson != lesson.no
    ]
    return tuple(sorted(told_of, key=lambda row: (row.material, row.kind, -row.score, row.lesson)))


def known(db: Database, lesson: Lesson) -> tuple[Alike, ...]:
    """As `of_lesson` found it at the last check; nothing is compared anew."""
    held = fingerprints.of_files(db, (material.sha256 for material in lesson.materials))
    return told(db, lesson, held, {one.id: dict(alikes.of_print(db, one.id)) for one in held})


def record(db: Database, checked: Mapping[int, Likeness]) -> list[int]:
    """`checked`: what was found of each lesson of one check. Inside its transaction. Returns the other lessons, which
    are now to be checked again."""
    others: set[int] = set()
    for likeness in checked.values():
        for print_, pairs_ in likeness.found.items():
            for other in alikes.replace(db, print_, pairs_):
                others.update(holder.lesson for holder in alikes.holders(db, other))
    return alikes.check_again(db, sorted(others - {0, *checked}))


def compared(db: Database, one: Held, limits: Mapping[str, Any], blank: Collection[int]) -> dict[int, Pair]:
    """`{other print: how alike}`, the first of the pair being this one. `limits`: of the edition's rule."""
    if isinstance(one.print, PicturePrint):
        return _pictures(db, one, one.print, limits)
    votes = fingerprints.sharing(db, one)
    others = [other for other in fingerprints.by_id(db, pairs.candidates(votes)) if other.kind == one.kind]
    whose = {other.id: alikes.holders(db, other.id) for other in others}
    results: Iterator[tuple[int, Pair | None]]
    if isinstance(one.print, SoundPrint):
        results = (
            (other.id, pairs.films(one.print, other.print, votes[other.id]))
            for other in others if isinstance(other.print, SoundPrint)
        )  # fmt: skip
    else:
        results = _texts(db, one, one.print, others, whose, limits, blank)
    return {other: pair for other, pair in results if pair is not None and whose[other]}


def met_pictures(db: Database, one: Held) -> dict[int, set[int]]:
    """The other films with pictures of this one, and which of them."""
    if not isinstance(one.print, PicturePrint):
        return {}
    met = picture_search.meeting(one.print, fingerprints.pictures(db))
    met.pop(one.id, None)
    return met


def _pictures(db: Database, one: Held, print_: PicturePrint, limits: Mapping[str, Any]) -> dict[int, Pair]:
    met = met_pictures(db, one)
    whose = {other: {holder.author for holder in alikes.holders(db, other)} for other in met}
    everybodys = pairs.common_pictures(met, whose, limits["common_authors"])
    found: dict[int, Pair] = {}
    for other in fingerprints.by_id(db, pairs.most_met(met)):
        if isinstance(other.print, PicturePrint) and whose[other.id]:
            pair = pairs.pictures(print_, other.print, everybodys)
            found |= {other.id: pair} if pair else {}
    return found


def _texts(
    db: Database, one: Held, print_: TextPrint, others: Sequence[Held], whose: Mapping[int, Sequence[Holder]],
    limits: Mapping[str, Any], blank: Collection[int],
) -> Iterator[tuple[int, Pair | None]]:  # fmt: skip
    mine = alikes.holders(db, one.id)
    prints = [(other.id, other.print) for other in others if isinstance(other.print, TextPrint)]
    everybodys = pairs.common(
        print_, [(text, {holder.author for holder in whose[id_]}) for id_, text in prints],
        mine[0].author if mine else "", limits["common_authors"],
    )  # fmt: skip
    for id_, text in prints:
        yield id_, pairs.texts(print_, text, blank, everybodys, limits["least_text"])


@functools.lru_cache(maxsize=4)
def _blank_hashes(edition_hash: str, said: tuple[str, ...]) -> frozenset[int]:
    return frozenset(text_print(said).hashes)


def blank_hashes(edition: Edition) -> frozenset[int]:
    """The hashes of the blank documents that the box itself hands out. Each stands by itself: what one ends with
    and the next begins with is nobody's text, and does no harm."""
    said = tuple(line for blank in blanks(edition) for line in lines(blank))
    return _blank_hashes(edition.hash, said)
