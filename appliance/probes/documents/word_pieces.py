"""An old Word document (Word 97 to 2003, and what WPS writes): where its text lies, and how it is set.

The text is cut into pieces; a piece is a span of characters with a place in the stream, one or two bytes each. How
characters and paragraphs are set stands in pages of 512 bytes, by places in the stream. Only what decides whether
text is shown and whether it looks like a heading is read: hidden, removed, bold, style, outline, numbering, table.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

_PAGE = 512
_MOST_PAGES = 50_000
_ONE_BYTE = 0x40000000
_LENGTHS = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}  # bytes behind a property, by its top three bits; 6: varies
HIDDEN, REMOVED, BOLD, IN_TABLE, OUTLINE, LISTED, STYLE = 0x083C, 0x0800, 0x0835, 0x2416, 0x2640, 0x460B, 0x4600
_SHORT_FORMS = {0x5C: HIDDEN, 0x41: REMOVED, 0x55: BOLD}  # one property packed into a piece's own two bytes
Properties = dict[int, int]


@dataclass(frozen=True)
class Piece:
    """Characters `first` to `end` (not included) of the text stand at byte `at`, `width` bytes each."""

    first: int
    end: int
    at: int
    width: int
    properties: Properties


def pieces(table: bytes) -> list[Piece]:
    """From the piece table with its lists of properties before it. Raises `struct.error` or `IndexError`."""
    lists, at = [], 0
    while table[at] == 1:
        length = struct.unpack_from("<H", table, at + 1)[0]
        lists.append(properties(table[at + 3 : at + 3 + length]))
        at += 3 + length
    if table[at] != 2:
        raise IndexError
    rows = table[at + 5 : at + 5 + struct.unpack_from("<I", table, at + 1)[0]]
    count = (len(rows) - 4) // 12
    borders = struct.unpack_from(f"<{count + 1}I", rows)
    found = []
    for number in range(count):
        place, extra = struct.unpack_from("<IH", rows, 4 * (count + 1) + 8 * number + 2)
        narrow = bool(place & _ONE_BYTE)
        start = (place & ~_ONE_BYTE & 0x7FFFFFFF) // 2 if narrow else place
        found.append(Piece(borders[number], borders[number + 1], start, 1 if narrow else 2, _extra(extra, lists)))
    return found


def _extra(extra: int, lists: list[Properties]) -> Properties:
    if extra & 1:
        return lists[extra >> 1] if extra >> 1 < len(lists) else {}
    known = _SHORT_FORMS.get(extra >> 1 & 0x7F)
    return {known: extra >> 8} if known else {}


def properties(data: bytes) -> Properties:
    """Each property's number and the first byte or two of its value."""
    found: Properties = {}
    at = 0
    while at + 3 <= len(data):
        name = struct.unpack_from("<H", data, at)[0]
        size = _LENGTHS.get(name >> 13)
        if size is None:
            size = 1 + data[at + 2]
            if name == 0xD608 and at + 4 <= len(data):  # a table's columns: a length of two bytes
                size = 1 + struct.unpack_from("<H", data, at + 2)[0]
        found[name] = int.from_bytes(data[at + 2 : at + 2 + min(size, 2)], "little")
        at += 2 + size
    return found


class Settings:
    """Properties by place in the stream; looked up by bisection."""

    def __init__(self, main: bytes, index: bytes, of_paragraphs: bool) -> None:
        """`index`: borders, then the numbers of the pages."""
        self._rows: list[tuple[int, int, Properties]] = []
        count = max(0, (len(index) - 4) // 8)
        for number in range(min(count, _MOST_PAGES)):
            page = struct.unpack_from("<I", index, 4 * (count + 1) + 4 * number)[0] & 0x3FFFFF
            self._rows += _page(main[page * _PAGE : (page + 1) * _PAGE], of_paragraphs)
        self._rows.sort(key=lambda row: row[0])
        self._starts = [row[0] for row in self._rows]

    def at(self, place: int) -> Properties:
        number = bisect_right(self._starts, place) - 1
        if number < 0 or place >= self._rows[number][1]:
            return {}
        return self._rows[number][2]

    def spans(self, start: int, end: int) -> Iterator[tuple[int, int, Properties]]:
        """The whole span from `start` to `end`, cut where properties change."""
        number = max(bisect_right(self._starts, start) - 1, 0)
        while start < end:
            if number >= len(self._rows) or end <= self._rows[number][0]:
                yield start, end, {}
                return
            first, last, known = self._rows[number]
            if first > start:
                yield start, first, {}
                start = first
            if last > start:
                yield start, min(last, end), known
                start = min(last, end)
            number += 1


def _page(page: bytes, of_paragraphs: bool) -> Iterator[tuple[int, int, Properties]]:
    if len(page) < _PAGE:
        return
    runs = page[-1]
    wide = 13 if of_paragraphs else 1
    if 4 * (runs + 1) + wide * runs > _PAGE - 1:
        return
    borders = struct.unpack_from(f"<{runs + 1}I", page)
    for number in range(runs):
        at = 2 * page[4 * (runs + 1) + wide * number]
        known = (_paragraph if of_paragraphs else _characters)(page, at) if at else {}
        yield borders[number], borders[number + 1], known


def _characters(page: bytes, at: int) -> Properties:
    return properties(page[at + 1 : at + 1 + page[at]])


def _paragraph(page: bytes, at: int) -> Properties:
    """The style's number first, under `STYLE`, then properties."""
    length, start = 2 * page[at] - 1, at + 1
    if length < 0 and start < len(page):
        length, start = 2 * page[start], start + 1
    body = page[start : start + max(length, 0)]
    if len(body) < 2:
        return {}
    return {STYLE: struct.unpack_from("<H", body)[0]} | properties(body[2:])
