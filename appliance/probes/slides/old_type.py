"""The smallest type of an old slide deck: text says its size itself, or its master does, by type of text and level.

Where neither does, or the values do not add up, `unsure` is set; a small size that was found is still one."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from appliance.probes.slides import records
from appliance.probes.slides.old_runs import Run, Unclear, master_levels, runs
from appliance.probes.slides.records import Record

_ENVIRONMENT, _STYLES, _SLIDE = 0x03F2, 0x0FA3, 0x03EF
_HEADER, _SET, _BOX, _PLACE = 0x0F9F, 0x0FA1, 0xF004, 0x0BC3
_WIDE, _NARROW = 0x0FA0, 0x0FA8
_NOT_BODY = (7, 8, 9, 10)  # places of the date, the number, the foot and the head
_FREE = 4  # text in no place of the master: the document says its size too
_FROM = {5: 1, 7: 1, 8: 1, 6: 0}  # bodies in the middle and of half and quarter pages; titles in the middle
_LEAST_TEXT = 4  # characters: shorter ones are labels, numbers and units
_MOST_MASTERS, _MOST_UP = 200, 4
Styles = dict[int, list[int | None]]


class Masters:
    """Sizes by the number of a master, by type of text and level."""

    def __init__(self, main: memoryview, places: dict[int, int], document: Record, budget: list[int]) -> None:
        self._free: Styles = {}
        self._styles: dict[int, Styles] = {}
        self._above: dict[int, int] = {}
        for part in records.children(document.body, budget):
            if part.kind == _ENVIRONMENT:
                self._free = _styles(part, budget)
            elif records.is_masters(part):
                for place, number in list(_listed(part, budget))[:_MOST_MASTERS]:
                    if place in places:
                        self._read(records.at(main, places[place]), number, budget)

    def of(self, slide: Record, budget: list[int]) -> Styles:
        """What holds for the text of a slide. A master for title slides names another master."""
        number = _master(slide, budget)
        for _ in range(_MOST_UP):
            if number is None or self._styles.get(number):
                break
            number = self._above.get(number)
        own = dict(self._styles.get(number, {})) if number is not None else {}
        free = self._free.get(_FREE, own.get(_FREE, []))
        own[_FREE] = free if own.get(_FREE, free) == free else []  # two that differ: nobody knows which
        return own

    def _read(self, master: Record, number: int, budget: list[int]) -> None:
        self._styles[number] = _styles(master, budget)
        above = _master(master, budget)
        if above is not None:
            self._above[number] = above


class OldType:
    """Sees the records of one slide after the other."""

    def __init__(self) -> None:
        self.small_pt: float | None = None
        self.small_place = 0
        self.unsure = False
        self._number, self._styles = 0, Styles()
        self._type, self._text, self._set, self._aside = -1, "", b"", False

    def turn_to(self, number: int, styles: Styles) -> None:
        self.leave()
        self._number, self._styles = number, styles

    def see(self, record: Record) -> None:
        if record.kind in (_BOX, _HEADER):
            self._close()
            self._aside &= record.kind == _HEADER
        if record.kind == _HEADER:
            self._type = struct.unpack_from("<I", record.body)[0]
        elif record.kind == _PLACE:
            self._aside = record.body[4] in _NOT_BODY if len(record.body) > 4 else False
        elif record.kind in (_WIDE, _NARROW):
            self._text = _characters(record)
        elif record.kind == _SET:
            self._set = bytes(record.body)

    def leave(self) -> None:
        """The last shape of a slide was seen. What the deck's list holds of its text comes after it."""
        self._close()
        self._aside = False

    def _close(self) -> None:
        if not self._aside and len(self._text.strip()) >= _LEAST_TEXT:
            self._measure()
        self._type, self._text, self._set = -1, "", b""

    def _measure(self) -> None:
        whole: tuple[list[Run], list[Run]] = [(len(self._text) + 1, 0)], [(len(self._text) + 1, None)]
        try:
            levels, sizes = runs(self._set, len(self._text)) if self._set else whole
        except Unclear:
            self.unsure = True
            return
        for text, level, size in _pieces(self._text, levels, sizes):
            if len(text.strip()) >= _LEAST_TEXT:
                self._note(size or self._inherited(level))

    def _note(self, size: int | None) -> None:
        if size is None:
            self.unsure = True
        elif self.small_pt is None or size < self.small_pt:
            self.small_pt, self.small_place = float(size), self._number

    def _inherited(self, level: int) -> int | None:
        """A level that says nothing is as large as the one above it."""
        for kind in (self._type, _FROM.get(self._type, -1)):
            stated = self._styles.get(kind, [])[: level + 1]
            for size in reversed(stated):
                if size:
                    return size
        return None


def _characters(record: Record) -> str:
    """As runs count them: what stands outside the first plane of Unicode is two."""
    body = bytes(record.body)
    return "".join(map(chr, memoryview(body[: len(body) & ~1]).cast("H") if record.kind == _WIDE else body))


def _pieces(text: str, levels: list[Run], sizes: list[Run]) -> Iterator[tuple[str, int, int | None]]:
    """The text, cut wherever the size changes or a paragraph ends."""
    ends, place = iter(levels), 0
    upto, level = next(ends)
    for count, size in sizes:
        end = place + count
        while place < end:
            if place >= upto:
                more, level = next(ends)
                upto += more
            stop = min(end, upto)
            for piece in text[place:stop].split("\r"):
                yield piece, level or 0, size
            place = stop


def _styles(holder: Record, budget: list[int]) -> Styles:
    made: Styles = {}
    for one in records.children(holder.body, budget):
        if one.kind == _STYLES:
            try:
                made[one.instance] = master_levels(one.body, one.instance)
            except Unclear:
                made[one.instance] = []
    return made


def _listed(part: Record, budget: list[int]) -> Iterator[tuple[int, int]]:
    for row, place in records.listed_slides(part, budget):
        if place is not None:
            yield place, struct.unpack_from("<12xI", row.body)[0]


def _master(slide: Record, budget: list[int]) -> int | None:
    for one in records.children(slide.body, budget):
        if one.kind == _SLIDE:
            return int(struct.unpack_from("<12xI", one.body)[0])
    return None
