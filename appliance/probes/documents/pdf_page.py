"""The text of one PDF page, cut into what stands together: lines, and inside a line the cells of a table.

PDFium gives characters with their boxes. A line of one table row is one line to it; it is cut where a ruled line
stands between two characters, or where the gap is too wide for a space. Labels that are set one or two characters a
line in a narrow column are put together again.
"""

from __future__ import annotations

import ctypes
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import pypdfium2
from pypdfium2 import raw

_MOST_OBJECTS = 20_000
_RULE, _TALL = 2.0, 6.0  # points: a ruled line is narrower than the one and higher than the other
_GAP = 2.5  # times the height of the type: wider is no space
_NARROW = 3  # characters in a line of a stacked label
_LABEL = 12


@dataclass(frozen=True)
class Segment:
    """`left`, `height`: of its first character, in points. `alone`: nothing else stands in its line."""

    text: str
    left: float
    height: float
    alone: bool


@dataclass(frozen=True)
class Page:
    segments: tuple[Segment, ...]
    images: int


def read(page: pypdfium2.PdfPage, most: int) -> Page:
    """Up to `most` characters of it."""
    rules: list[tuple[float, float, float]] = []
    images = 0
    for one in islice(page.get_objects(max_depth=3), _MOST_OBJECTS):
        images += one.type == raw.FPDF_PAGEOBJ_IMAGE
        if one.type == raw.FPDF_PAGEOBJ_PATH:
            left, bottom, right, top = one.get_bounds()
            if right - left < _RULE and top - bottom > _TALL:
                rules.append(((left + right) / 2, bottom, top))
    words = page.get_textpage()
    try:
        return Page(tuple(_segments(words.raw, min(words.count_chars(), most), sorted(rules))), images)
    finally:
        words.close()


def stacked(segments: tuple[Segment, ...]) -> Iterator[tuple[int, str]]:
    """(number of its last segment, text) of each label that runs over several short lines."""
    run: list[int] = []
    for number, one in enumerate(segments):
        if run and len(one.text) <= _NARROW and abs(one.left - segments[run[-1]].left) < one.height:
            run.append(number)
            continue
        yield from _label(run, segments)
        run = [number] if len(one.text) <= _NARROW else []
    yield from _label(run, segments)


def _label(run: list[int], segments: tuple[Segment, ...]) -> Iterator[tuple[int, str]]:
    text = "".join(segments[number].text for number in run)
    if len(run) > 1 and len(text) <= _LABEL:
        yield run[-1], text


def _segments(words: ctypes.c_void_p, count: int, rules: list[tuple[float, float, float]]) -> Iterator[Segment]:
    line: list[tuple[str, float, float]] = []  # (text, left, height)
    right = 0.0  # of the character before
    box = raw.FS_RECTF()
    for index in range(count):
        char = chr(raw.FPDFText_GetUnicode(words, index) or 0x20)
        if char in "\r\n":
            yield from _line(line)
            line = []
            continue
        raw.FPDFText_GetLooseCharBox(words, index, box)
        height = box.top - box.bottom
        if char.isspace() or not line:
            line = [*line[:-1], (line[-1][0] + char, *line[-1][1:])] if line else [(char, box.left, height)]
        elif box.left - right > _GAP * max(height, line[-1][2]) or _ruled(
            rules, right, box.left, (box.top + box.bottom) / 2
        ):
            line.append((char, box.left, height))
        else:
            text, left, first = line[-1]
            line[-1] = (text + char, left, first)
        if not char.isspace():
            right = box.right
    yield from _line(line)


def _line(line: list[tuple[str, float, float]]) -> Iterator[Segment]:
    shown = [(text.strip(), left, height) for text, left, height in line if text.strip()]
    for text, left, height in shown:
        yield Segment(text, left, height, len(shown) == 1)


def _ruled(rules: list[tuple[float, float, float]], left: float, right: float, middle: float) -> bool:
    at = bisect_left(rules, (left - _RULE, 0.0, 0.0))
    return any(bottom <= middle <= top for x, bottom, top in rules[at : at + 500] if x <= right + _RULE)
