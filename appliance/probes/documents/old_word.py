"""An old Word document: headings by shape, how much text, as for a docx. The main text and the text boxes are read;
headers, footers and notes are not the body. Hidden and removed text does not count.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from typing import Any

import olefile

from appliance.probes.documents import word_pieces as word
from appliance.probes.documents.headings import Headings, is_heading_style
from appliance.probes.documents.old_file import LOCKED, Unreadable, stream
from appliance.probes.documents.signs import Signs

_SINCE_97, _BEFORE_97 = b"\xec\xa5", b"\xdc\xa5"
_WORD_97 = 0xC1  # its number among the versions of the format
_LOCKED, _SECOND_TABLE = 0x0100, 0x0200
_STYLES, _CHARACTERS, _PARAGRAPHS, _PIECES = 1, 12, 13, 33  # which pair of the header's list
_PAIRS, _COUNTS = 0x9A, 0x4C
_HEADING_NUMBERS = frozenset((*range(1, 10), 62, 74))  # of the built-in styles: heading 1–9, title, subtitle
_MOST_CHARACTERS = 1_000_000
_ON = (1, 0x81)
_MARKS = re.compile(r"([\x00-\x1f])")
_PICTURE, _DRAWING, _CELL, _LINE, _PAGE, _PARAGRAPH = "\x01", "\x08", "\x07", "\x0b", "\x0c", "\r"
_FIELD, _RESULT, _FIELD_END = "\x13", "\x14", "\x15"


def look(old: olefile.OleFileIO) -> dict[str, Any]:
    """As `docx.look`. Raises `Unreadable`."""
    main = stream(old, "WordDocument")
    if main[:2] == _BEFORE_97:
        raise Unreadable("是 Word 95 或更早的文档，没有读")
    if len(main) < _PAIRS + 8 * (_PIECES + 1) or main[:2] != _SINCE_97:
        raise Unreadable("旧格式的 Word 文档，开头读不出来")
    version, flags = struct.unpack_from("<H", main, 2)[0], struct.unpack_from("<H", main, 10)[0]
    if flags & _LOCKED:
        return dict(LOCKED)
    if version < _WORD_97:
        raise Unreadable("是 Word 95 或更早的文档，没有读")
    table = stream(old, "1Table" if flags & _SECOND_TABLE else "0Table")
    try:
        return _read(main, table)
    except (struct.error, IndexError) as error:
        raise Unreadable("旧格式的 Word 文档，正文读不出来") from error


def _read(main: bytes, table: bytes) -> dict[str, Any]:
    story = _Story(_heading_styles(_part(main, table, _STYLES)))
    found = word.pieces(_part(main, table, _PIECES))
    characters = word.Settings(main, _part(main, table, _CHARACTERS), of_paragraphs=False)
    paragraphs = word.Settings(main, _part(main, table, _PARAGRAPHS), of_paragraphs=True)
    body, *between, boxes = struct.unpack_from("<7I", main, _COUNTS)
    before_boxes = body + sum(between)
    for first, end in ((0, body), (before_boxes, before_boxes + boxes)):
        for text, known, place, width in _spans(main, found, characters, first, end):
            story.read(text, known, place, width, paragraphs)
            if story.characters > _MOST_CHARACTERS:
                return story.answer(cut=True)
        story.close_all()
    return story.answer(cut=story.headings.full)


def _part(main: bytes, table: bytes, number: int) -> bytes:
    place, length = struct.unpack_from("<II", main, _PAIRS + 8 * number)
    return table[place : place + length]


def _spans(
    main: bytes, found: list[word.Piece], characters: word.Settings, first: int, end: int
) -> Iterator[tuple[str, word.Properties, int, int]]:
    """(text, properties, place in the stream, bytes a character), in reading order."""
    for piece in found:
        start, stop = max(piece.first, first), min(piece.end, end)
        if start >= stop:
            continue
        at = piece.at + (start - piece.first) * piece.width
        for low, high, known in characters.spans(at, min(at + (stop - start) * piece.width, len(main))):
            data = main[low:high]
            text = data.decode("cp1252" if piece.width == 1 else "utf-16-le", "replace")
            yield text, known | piece.properties, low, piece.width


def _heading_styles(sheet: bytes) -> set[int]:
    """The numbers of the styles that are headings by their built-in number or by their name."""
    found: set[int] = set()
    if len(sheet) < 6:
        return found
    length, count, fixed = struct.unpack_from("<HHH", sheet)
    at = 2 + length
    for number in range(count):
        if at + 2 > len(sheet):
            break
        size = struct.unpack_from("<H", sheet, at)[0]
        style = sheet[at + 2 : at + 2 + size]
        if len(style) > fixed + 2:
            letters = struct.unpack_from("<H", style, fixed)[0]
            name = style[fixed + 2 : fixed + 2 + 2 * letters].decode("utf-16-le", "replace")
            if struct.unpack_from("<H", style)[0] & 0xFFF in _HEADING_NUMBERS or is_heading_style(name):
                found.add(number)
        at += 2 + size
    return found


class _Story:
    """Takes spans and hands on paragraphs and cells."""

    def __init__(self, heading_styles: set[int]) -> None:
        self.headings, self.signs = Headings(), Signs()
        self.characters = self.pictures = self.banners = 0
        self._in_paragraph = 0  # pictures
        self._styles = heading_styles
        self._runs: list[tuple[str, bool]] = []
        self._cell: list[str] = []
        self._fields: list[bool] = []  # open fields; whether their result has begun: what stands before is code
        self._number = 0

    def read(self, text: str, known: word.Properties, place: int, width: int, paragraphs: word.Settings) -> None:
        self.characters += len(text)
        shown = known.get(word.HIDDEN) not in _ON and known.get(word.REMOVED) not in _ON
        bold, at = known.get(word.BOLD) in _ON, place
        for part in _MARKS.split(text):
            if part in (_PARAGRAPH, _PAGE, _CELL) and part:
                self._close(paragraphs.at(at), part)
            elif len(part) == 1 and part < " ":
                self._mark(part, shown, bold)
            elif part and shown and all(self._fields):
                self._runs.append((part, bold))
            at += len(part) * width

    def _mark(self, mark: str, shown: bool, bold: bool) -> None:
        if mark == _FIELD:
            self._fields.append(False)
        elif mark == _RESULT and self._fields:
            self._fields[-1] = True
        elif mark == _FIELD_END and self._fields:
            self._fields.pop()
        elif mark in (_PICTURE, _DRAWING):
            self._picture(shown)
        elif shown and all(self._fields):
            self._runs.append(("\n" if mark == _LINE else " ", bold))

    def _picture(self, shown: bool) -> None:
        if shown:
            self.pictures += 1
            self._in_paragraph += 1
            self.headings.no_text()

    def _close(self, known: word.Properties, mark: str) -> None:
        runs, self._runs = self._runs, []
        styled = known.get(word.STYLE, 0) in self._styles or known.get(word.OUTLINE, 9) < 9
        self.headings.paragraph(runs, styled, bool(known.get(word.LISTED)))
        text = "".join(part for part, _ in runs)
        self._number += bool(text.strip())
        self.banners += bool(self._in_paragraph and not text.strip())
        self._in_paragraph = 0
        self.signs.see(text, self._number)
        if known.get(word.IN_TABLE) or mark == _CELL:
            self._cell.append(text)
        if mark == _CELL:
            self.headings.cell("".join(self._cell))
            self._cell = []

    def close_all(self) -> None:
        if self._runs:
            self._close({}, _PARAGRAPH)
        self._cell, self._fields = [], []

    def answer(self, cut: bool) -> dict[str, Any]:
        return {
            "headings": self.headings.rows, "text_chars": self.headings.characters, "extent": self.headings.extent,
            "images": self.pictures, "banners": self.banners, "signs": self.signs.rows, "print": self.signs.print(),
            "cut": cut,
        }  # fmt: skip
