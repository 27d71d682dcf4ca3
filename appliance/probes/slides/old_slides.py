"""An old slide deck (PowerPoint 97 to 2003, WPS's dps): its slides in order, their text, and the media that they call.

The stream is a tree of records. Saving again only appends: a list of places, the newest first, says which record of
a slide is the one in force. Films never lie in such a file, only the paths to them.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import olefile

from appliance.probes.documents.old_file import LOCKED, Unreadable, stream
from appliance.probes.slides.slide_lines import SlideLines

_LOCKED_TOKEN = 0xF3D1C4DF
_EDIT, _PLACES, _DOCUMENT, _SLIDE = 0x0FF5, 0x1772, 0x03E8, 0x03EE
_LIST, _LISTED = 0x0FF0, 0x03F3
_WIDE, _NARROW, _PATH = 0x0FA0, 0x0FA8, 0x0FBA
_OBJECTS, _MEDIUM, _CALLED, _LINKED_OBJECT, _PROGRAM = 0x0409, 0x1004, 0x0BC1, 0x0FCE, 0x0400
_MEDIA = (0x1006, 0x1007, 0x1010, 0x100D)  # film, film by a driver, linked sound, linked MIDI
_MOST_RECORDS, _MOST_EDITS, _MOST_SLIDES, _MOST_LINKS = 1_000_000, 1_000, 2_000, 50


@dataclass(frozen=True)
class _Record:
    kind: int
    instance: int
    body: bytes | memoryview
    holds: bool  # records, not values


def look(old: olefile.OleFileIO) -> dict[str, Any]:
    """`slides`, `signs`, `maps`, `credits`, `apart`, `outside`, `cut` as for a pptx; `macros`. Raises `Unreadable`."""
    user, main = stream(old, "Current User"), stream(old, "PowerPoint Document")
    try:
        token, edit = struct.unpack_from("<II", user, 12)
        if token == _LOCKED_TOKEN:
            return dict(LOCKED)
        places, document = _in_force(main, edit)
        return _read(memoryview(main), places, document)
    except (struct.error, LookupError) as error:
        raise Unreadable("旧格式的课件，里面的内容读不出来") from error


def _in_force(main: bytes, edit: int) -> tuple[dict[int, int], int]:
    """Places of the records by number, the newest edit's first, and the number of the document's own."""
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


def _read(main: memoryview, places: dict[int, int], document: int) -> dict[str, Any]:
    lines, apart, outside, slides, macros = SlideLines(), [], [], 0, False
    calls: dict[int, int] = {}  # the number of a medium → the slide that calls it
    media: list[tuple[int, str]] = []
    budget = [_MOST_RECORDS]
    for part in _children(_at(main, places[document]).body, budget):
        if part.kind == _LIST and part.instance == 0:
            for row in _children(part.body, budget):
                if row.kind == _LISTED:
                    slides += 1
                    if slides <= _MOST_SLIDES and (number := struct.unpack_from("<I", row.body)[0]) in places:
                        _slide(_at(main, places[number]), slides, lines, calls, budget)
                else:
                    _text(row, slides, lines)
        elif part.kind == _OBJECTS:
            media += _media(part, budget)
            outside += [{"what": "object", "target": ""}] * _links(part, budget)
        else:
            macros |= any(_has_program(one) for one in _all(part, budget) if one.kind == _PROGRAM)
    apart = [{"place": calls.get(number, 0), "target": target, "outside": True} for number, target in media]
    return {
        **lines.answer(), "slides": slides, "apart": apart[:_MOST_LINKS], "outside": outside[:_MOST_LINKS],
        "macros": macros, "cut": budget[0] <= 0 or slides > _MOST_SLIDES,
    }  # fmt: skip


def _slide(record: _Record, place: int, lines: SlideLines, calls: dict[int, int], budget: list[int]) -> None:
    for one in _all(record, budget):
        _text(one, place, lines)
        if one.kind == _CALLED:
            calls.setdefault(struct.unpack_from("<I", one.body)[0], place)


def _text(record: _Record, place: int, lines: SlideLines) -> None:
    if record.kind in (_WIDE, _NARROW):
        text = bytes(record.body).decode("utf-16-le" if record.kind == _WIDE else "latin-1", "replace")
        for line in re.split(r"[\r\n]", text):
            lines.see(line.replace("\x0b", " "), place)


def _media(objects: _Record, budget: list[int]) -> Iterator[tuple[int, str]]:
    for one in _children(objects.body, budget):
        if one.kind in _MEDIA:
            parts = list(_all(one, budget))
            number = next((struct.unpack_from("<I", part.body)[0] for part in parts if part.kind == _MEDIUM), 0)
            path = next((bytes(part.body).decode("utf-16-le", "replace") for part in parts if part.kind == _PATH), "")
            yield number, re.split(r"[/\\]", path)[-1][:80]


def _links(objects: _Record, budget: list[int]) -> int:
    return sum(one.kind == _LINKED_OBJECT for one in _children(objects.body, budget))


def _has_program(record: _Record) -> bool:
    return bool(struct.unpack_from("<II", record.body)[1])


def _at(main: memoryview, place: int) -> _Record:
    head, kind, length = struct.unpack_from("<HHI", main, place)
    return _Record(kind, head >> 4, main[place + 8 : place + 8 + length], head & 15 == 15)


def _children(body: bytes | memoryview, budget: list[int]) -> Iterator[_Record]:
    view, at = memoryview(body), 0
    while at + 8 <= len(view) and budget[0] > 0:
        budget[0] -= 1
        record = _at(view, at)
        yield record
        at += 8 + struct.unpack_from("<4xI", view, at)[0]


def _all(record: _Record, budget: list[int]) -> Iterator[_Record]:
    """The record and everything below it, in order."""
    waiting = [iter((record,))]
    while waiting:
        one = next(waiting[-1], None)
        if one is None:
            waiting.pop()
            continue
        yield one
        if one.holds and len(waiting) < 32:
            waiting.append(_children(one.body, budget))
