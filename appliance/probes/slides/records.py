"""The records of an old slide deck (PowerPoint 97 to 2003): a tree, and a list of places that says which record of a
slide is the one in force, because saving again only appends."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

_EDIT, _PLACES = 0x0FF5, 0x1772
_LIST, _LISTED = 0x0FF0, 0x03F3
MOST, _MOST_EDITS = 1_000_000, 1_000
_DEEP = 32


@dataclass(frozen=True)
class Record:
    kind: int
    instance: int
    body: bytes | memoryview
    holds: bool  # records, not values


def in_force(main: bytes, edit: int) -> tuple[dict[int, int], int]:
    """Places of the records by number, the newest edit's first, and the number of the document's own. Raises
    `LookupError` or `struct.error`."""
    places: dict[int, int] = {}
    document = -1
    for _ in range(_MOST_EDITS):
        kind = struct.unpack_from("<2xH", main, edit)[0]
        if kind != _EDIT:
            raise LookupError("no edit where one should be")
        before, listed, numbered = struct.unpack_from("<8xIII", main, edit + 8)
        document = numbered if document < 0 else document
        for number, place in _listed(main, listed):
            places.setdefault(number, place)
        if not before or before >= edit:
            break
        edit = before
    return places, document


def _listed(main: bytes, at: int) -> Iterator[tuple[int, int]]:
    kind, length = struct.unpack_from("<2xHI", main, at)
    if kind != _PLACES:
        raise LookupError("no places where they should be")
    at, end = at + 8, min(at + 8 + length, len(main))
    while at + 4 <= end:
        head = struct.unpack_from("<I", main, at)[0]
        first, count = head & 0xFFFFF, head >> 20
        for number, place in enumerate(struct.unpack_from(f"<{count}I", main, at + 4)):
            yield first + number, place
        at += 4 + 4 * count


def listed_slides(part: Record, budget: list[int]) -> Iterator[tuple[Record, int | None]]:
    """The rows of the list of slides: each with the number of its slide, None for a row of text."""
    for row in children(part.body, budget):
        yield row, struct.unpack_from("<I", row.body)[0] if row.kind == _LISTED else None


def is_list(part: Record) -> bool:
    """The list of slides; those of masters and notes have other instances."""
    return part.kind == _LIST and part.instance == 0


def is_masters(part: Record) -> bool:
    return part.kind == _LIST and part.instance == 1


def at(main: memoryview, place: int) -> Record:
    head, kind, length = struct.unpack_from("<HHI", main, place)
    return Record(kind, head >> 4, main[place + 8 : place + 8 + length], head & 15 == 15)


def children(body: bytes | memoryview, budget: list[int]) -> Iterator[Record]:
    """`budget`: how many records may still be read, one number that all share."""
    view, place = memoryview(body), 0
    while place + 8 <= len(view) and budget[0] > 0:
        budget[0] -= 1
        yield at(view, place)
        place += 8 + struct.unpack_from("<4xI", view, place)[0]


def below(record: Record, budget: list[int]) -> Iterator[Record]:
    """The record and everything below it, in order."""
    waiting = [iter((record,))]
    while waiting:
        one = next(waiting[-1], None)
        if one is None:
            waiting.pop()
            continue
        yield one
        if one.holds and len(waiting) < _DEEP:
            waiting.append(children(one.body, budget))
