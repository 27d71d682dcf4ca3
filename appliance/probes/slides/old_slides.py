"""An old slide deck (PowerPoint 97 to 2003, WPS's dps): its slides in order, their text, and the media that they call.

Films never lie in such a file, only the paths to them.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from typing import Any

import olefile

from appliance.probes.documents.old_file import LOCKED, Unreadable, stream
from appliance.probes.slides import records
from appliance.probes.slides.old_type import Masters, OldType
from appliance.probes.slides.records import Record
from appliance.probes.slides.slide_lines import SlideLines

_LOCKED_TOKEN = 0xF3D1C4DF
_WIDE, _NARROW, _PATH = 0x0FA0, 0x0FA8, 0x0FBA
_OBJECTS, _MEDIUM, _CALLED, _LINKED_OBJECT, _PROGRAM = 0x0409, 0x1004, 0x0BC1, 0x0FCE, 0x0400
_MEDIA = (0x1006, 0x1007, 0x1010, 0x100D)  # film, film by a driver, linked sound, linked MIDI
_MOST_SLIDES, _MOST_LINKS = 2_000, 50


def look(old: olefile.OleFileIO) -> dict[str, Any]:
    """`slides`, `signs`, `maps`, `credits`, `apart`, `outside`, `small_pt`, `small_place`, `cut` as for a pptx;
    `small_unsure`: there is text whose size is not known; `macros`. Raises `Unreadable`."""
    user, main = stream(old, "Current User"), stream(old, "PowerPoint Document")
    try:
        token, edit = struct.unpack_from("<II", user, 12)
        if token == _LOCKED_TOKEN:
            return dict(LOCKED)
        places, document = records.in_force(main, edit)
        return _read(memoryview(main), places, document)
    except (struct.error, LookupError) as error:
        raise Unreadable("旧格式的课件，里面的内容读不出来") from error


def _read(main: memoryview, places: dict[int, int], document: int) -> dict[str, Any]:
    lines, apart, outside, slides, macros = SlideLines(), [], [], 0, False
    calls: dict[int, int] = {}  # the number of a medium → the slide that calls it
    media: list[tuple[int, str]] = []
    budget, whole = [records.MOST], records.at(main, places[document])
    masters, sizes = Masters(main, places, whole, budget), OldType()
    for part in records.children(whole.body, budget):
        if records.is_list(part):
            for row, number in records.listed_slides(part, budget):
                if number is not None:
                    slides += 1
                    if slides <= _MOST_SLIDES and number in places:
                        slide = records.at(main, places[number])
                        sizes.turn_to(slides, masters.of(slide, budget))
                        _slide(slide, slides, lines, calls, sizes, budget)
                else:
                    _text(row, slides, lines)
                    sizes.see(row)
        elif part.kind == _OBJECTS:
            media += _media(part, budget)
            outside += [{"what": "object", "target": ""}] * _links(part, budget)
        else:
            macros |= any(_has_program(one) for one in records.below(part, budget) if one.kind == _PROGRAM)
    sizes.leave()
    apart = [{"place": calls.get(number, 0), "target": target, "outside": True} for number, target in media]
    return {
        **lines.answer(), "slides": slides, "apart": apart[:_MOST_LINKS], "outside": outside[:_MOST_LINKS],
        "small_pt": sizes.small_pt, "small_place": sizes.small_place, "small_unsure": sizes.unsure,
        "macros": macros, "cut": budget[0] <= 0 or slides > _MOST_SLIDES,
    }  # fmt: skip


def _slide(
    record: Record, place: int, lines: SlideLines, calls: dict[int, int], sizes: OldType, budget: list[int]
) -> None:
    for one in records.below(record, budget):
        _text(one, place, lines)
        sizes.see(one)
        if one.kind == _CALLED:
            calls.setdefault(struct.unpack_from("<I", one.body)[0], place)
    sizes.leave()


def _text(record: Record, place: int, lines: SlideLines) -> None:
    if record.kind in (_WIDE, _NARROW):
        text = bytes(record.body).decode("utf-16-le" if record.kind == _WIDE else "latin-1", "replace")
        for line in re.split(r"[\r\n]", text):
            lines.see(line.replace("\x0b", " "), place)


def _media(objects: Record, budget: list[int]) -> Iterator[tuple[int, str]]:
    for one in records.children(objects.body, budget):
        if one.kind in _MEDIA:
            parts = list(records.below(one, budget))
            number = next((struct.unpack_from("<I", part.body)[0] for part in parts if part.kind == _MEDIUM), 0)
            path = next((bytes(part.body).decode("utf-16-le", "replace") for part in parts if part.kind == _PATH), "")
            yield number, re.split(r"[/\\]", path)[-1][:80]


def _links(objects: Record, budget: list[int]) -> int:
    return sum(one.kind == _LINKED_OBJECT for one in records.children(objects.body, budget))


def _has_program(record: Record) -> bool:
    return bool(struct.unpack_from("<II", record.body)[1])
