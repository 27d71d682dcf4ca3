"""The pictures that lie in an old Word document or slide deck: JPEG, PNG and plain bitmaps. Drawings made of lines
(EMF, WMF) are not among them. Of a deck it is known on which slides a picture stands; of a document it is not.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

import olefile

from appliance.probes.documents.old_file import Unreadable, stream
from appliance.probes.slides import records

_JPEG, _PNG, _BITMAP, _JPEG_CMYK = 0xF01D, 0xF01E, 0xF01F, 0xF02A
_KINDS = (_JPEG, _PNG, _BITMAP, _JPEG_CMYK)
_MAGIC = re.compile(rb"\xff\xd8\xff|\x89PNG\r\n\x1a\n")
_STREAMS = ("Data", "WordDocument", "1Table", "0Table")
_HEAD, _TAG, _IDENTITY = 8, 1, 16  # bytes; one or two identities stand before the picture
_MOST_DECK = 128 << 20
_GROUP, _STORE, _ENTRY, _PLACED = 0x040B, 0xF001, 0xF007, 28
_SETTINGS, _SHOWN = 0xF00B, (0x0104, 0x0186)  # of a shape: its picture, and the picture that fills it

Found = Iterator[tuple[list[int], bytes]]


def of_document(old: olefile.OleFileIO) -> Found:
    """`([], picture)`. Raises `Unreadable`."""
    for name in _STREAMS:
        if not old.exists(name):
            continue
        data = stream(old, name)
        end = 0
        for hit in _MAGIC.finditer(data):
            if hit.start() < end:
                continue  # the small picture that a camera puts into its own
            length = _length(data, hit.start())
            if length:
                end = hit.start() + length
                yield [], data[hit.start() : end]


def _length(data: bytes, at: int) -> int:
    """Of the picture that begins here, by the record around it; 0 when there is none."""
    for identities in (1, 2):
        before = _TAG + _IDENTITY * identities
        start = at - before - _HEAD
        if start >= 0:
            kind, length = struct.unpack_from("<HI", data, start + 2)
            if kind in _KINDS and before < length <= len(data) - start - _HEAD:
                return int(length) - before
    return 0


def of_deck(old: olefile.OleFileIO) -> Found:
    """`([slide, …], picture)`; no slide for what only a master or a layout shows. Raises `Unreadable`."""
    if not old.exists("Pictures"):
        return
    pictures = stream(old, "Pictures", _MOST_DECK)
    shown = _slides(old)
    at = 0
    while at + _HEAD <= len(pictures):
        head, kind, length = struct.unpack_from("<HHI", pictures, at)
        body = pictures[at + _HEAD : at + _HEAD + length]
        if kind in _KINDS:
            yield shown.get(at, []), _picture(head >> 4, kind, body)
        at += _HEAD + length


def _picture(instance: int, kind: int, body: bytes) -> bytes:
    """An odd instance has two identities before the picture. A bitmap has lost its file's own header."""
    data = body[_TAG + _IDENTITY * (1 + instance % 2) :]
    if kind != _BITMAP or len(data) < 40:
        return data
    size, depth, colours = struct.unpack_from("<I10xH16xI", data)
    palette = 4 * (colours or 1 << depth) if depth <= 8 else 0
    return struct.pack("<2sIHHI", b"BM", 14 + len(data), 0, 0, 14 + size + palette) + data


def _slides(old: olefile.OleFileIO) -> dict[int, list[int]]:
    """For each place in the stream of pictures the slides that show it."""
    main = memoryview(stream(old, "PowerPoint Document"))
    try:
        edit = struct.unpack_from("<I", stream(old, "Current User"), 16)[0]
        places, document = records.in_force(bytes(main), edit)
        return _shown(main, places, document)
    except (struct.error, LookupError) as error:
        raise Unreadable("旧格式的课件，里面的图片读不出来") from error


def _shown(main: memoryview, places: dict[int, int], document: int) -> dict[int, list[int]]:
    budget = [records.MOST]
    stored: list[int] = []
    calls: list[tuple[int, int]] = []
    slide = 0
    for part in records.children(records.at(main, places[document]).body, budget):
        if part.kind == _GROUP:
            stored = [
                struct.unpack_from("<I", one.body, _PLACED)[0] if len(one.body) >= _PLACED + 4 else -1
                for one in records.below(part, budget) if one.kind == _ENTRY
            ]  # fmt: skip
        elif records.is_list(part):
            for _, number in records.listed_slides(part, budget):
                if number is not None:
                    slide += 1
                    if number in places:
                        calls += [(picture, slide) for picture in _called(records.at(main, places[number]), budget)]
    found: dict[int, list[int]] = {}
    for picture, number in dict.fromkeys(calls):
        if 0 < picture <= len(stored):
            found.setdefault(stored[picture - 1], []).append(number)
    return found


def _called(slide: records.Record, budget: list[int]) -> Iterator[int]:
    """Numbers, from 1, of the pictures that the shapes of a slide show."""
    for one in records.below(slide, budget):
        if one.kind == _SETTINGS:
            for at in range(0, min(6 * one.instance, len(one.body) - 5), 6):
                name, value = struct.unpack_from("<HI", one.body, at)
                if name & 0x3FFF in _SHOWN:
                    yield value
