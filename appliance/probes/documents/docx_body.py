"""Walks `word/document.xml` as it streams by and hands on paragraphs and table cells."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from appliance.probes.documents.answers import Answers
from appliance.probes.documents.headings import Headings
from appliance.probes.documents.signs import Signs
from appliance.probes.documents.xml_walk import attribute, local

# What stands inside these is not shown: removed text, where moved text came from, formats as they were before,
# and the second copy of a text box for older programs.
_UNSEEN = frozenset(("del", "moveFrom", "rPrChange", "pPrChange", "Fallback", "instrText"))
_STYLE_HEIGHT = re.compile(r"(?:^|;)height:(\d{1,5}(?:\.\d{1,5})?)pt")
_LOW_CM = 2.5
_MOST = 1000  # pictures whose place is kept
_HEADING = ("style", "number", "bold", "label", "cell")  # not every short line
_OFF = ("0", "false", "off", "none")


@dataclass
class Paragraph:
    """`runs`: (text, bold) in order; a line break is a newline. `banners`: its pictures as low as a line of type."""

    runs: list[tuple[str, bool]] = field(default_factory=list)
    banners: int = 0
    pictures: list[str] = field(default_factory=list)  # relation ids
    style: str = ""
    outlined: bool = False
    numbered: bool = False


@dataclass
class _Run:
    hidden: bool = False
    bold: bool = False


class Body:
    """A target for `xml_walk.walk`."""

    def __init__(self, headings: Headings, heading_styles: set[str]) -> None:
        self.pictures = 0
        self.banners = 0  # paragraphs of nothing but a low picture: a heading may stand in it
        self.linked: list[str] = []  # relation ids of pictures of which no copy lies in the file
        self.places: list[tuple[str, int, str]] = []  # a picture's relation id, its paragraph, the heading above it
        self._height: float | None = None  # of the picture that comes next, cm
        self.signs = Signs()
        self.answers = Answers()
        self._number = 0  # of the paragraph, the empty ones left out
        self._headings = headings
        self._styles = heading_styles
        self._paragraphs: list[Paragraph] = []  # nested: a text box stands inside a paragraph
        self._runs: list[_Run] = []
        self._cells: list[list[str]] = []  # nested tables
        self._unseen = 0
        self._in_text = False
        self._in_paragraph_format = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = local(tag)
        if self._unseen or name in _UNSEEN:
            self._unseen += 1
            return
        if name == "p" and _is_word(tag):
            self._paragraphs.append(Paragraph())
        elif name == "r" and _is_word(tag):
            self._runs.append(_Run())
        elif name == "tc" and _is_word(tag):
            self._cells.append([])
        elif name == "pPr":
            self._in_paragraph_format += 1
        elif name == "t":
            self._in_text = _is_word(tag)
        elif name in ("extent", "shape"):
            self._height = _height(name, attributes)
        elif name in ("blip", "imagedata"):
            self._picture(name, attributes)
        elif name == "oMath":
            self._headings.no_text()
        else:
            self._format(name, attribute(attributes, "val"))

    def _picture(self, name: str, attributes: dict[str, str]) -> None:
        self.pictures += 1
        self._headings.no_text()
        if self._paragraphs and (self._height is None or self._height <= _LOW_CM):
            self._paragraphs[-1].banners += 1
        copy, link = ("embed", "link") if name == "blip" else ("id", "href")
        inside = attribute(attributes, copy)
        if (target := attribute(attributes, link)) and not inside:
            self.linked.append(target)
        if inside and self._paragraphs:
            self._paragraphs[-1].pictures.append(inside)
        self._height = None

    def _format(self, name: str, value: str) -> None:
        if self._in_paragraph_format and self._paragraphs:
            paragraph = self._paragraphs[-1]
            if name == "pStyle":
                paragraph.style = value
            elif name == "outlineLvl":
                paragraph.outlined = value != "9"
            elif name == "numPr":
                paragraph.numbered = True
        elif self._runs:
            if name in ("vanish", "webHidden", "specVanish"):
                self._runs[-1].hidden = value.lower() not in _OFF
            elif name == "b":
                self._runs[-1].bold = value.lower() not in _OFF
            elif name in ("br", "cr", "tab"):
                self._add(" " if name == "tab" else "\n")

    def data(self, text: str) -> None:
        if self._in_text and not self._unseen:
            self._add(text)

    def _add(self, text: str) -> None:
        if self._paragraphs and self._runs and not self._runs[-1].hidden:
            self._paragraphs[-1].runs.append((text, self._runs[-1].bold))

    def end(self, tag: str) -> None:
        name = local(tag)
        if self._unseen:
            self._unseen -= 1
        elif name == "t":
            self._in_text = False
        elif name == "pPr":
            self._in_paragraph_format -= 1
        elif name == "r" and _is_word(tag) and self._runs:
            self._runs.pop()
        elif name == "p" and _is_word(tag) and self._paragraphs:
            self._close_paragraph(self._paragraphs.pop())
        elif name == "tc" and _is_word(tag) and self._cells:
            cell = "".join(self._cells.pop())
            self._headings.cell(cell)
            if not self._cells:
                self.answers.see(cell)

    def _close_paragraph(self, paragraph: Paragraph) -> None:
        styled = paragraph.outlined or paragraph.style in self._styles
        self._headings.paragraph(paragraph.runs, styled, paragraph.numbered)
        shown = "".join(text for text, _ in paragraph.runs)
        self._number += bool(shown.strip())
        self.banners += bool(paragraph.banners and not shown.strip())
        self.signs.see(shown, self._number)
        if paragraph.pictures:
            plain = (str(row["text"]) for row in reversed(self._headings.rows) if row["shape"] in _HEADING)
            above = next(plain, "")
            self.places += [
                (one, max(self._number, 1), above) for one in paragraph.pictures[: _MOST - len(self.places)]
            ]
        if self._cells:
            self._cells[-1].extend(text for text, _ in paragraph.runs)
        else:
            self.answers.see(shown)

    def close(self) -> None: ...


def _height(name: str, attributes: dict[str, str]) -> float | None:
    """In cm, of a drawing (EMU) or of an older shape (its style, in points); `None` when it does not say."""
    if name == "extent":
        value = attribute(attributes, "cy")
        return int(value) / 360_000 if value.isdecimal() and len(value) < 12 else None
    found = _STYLE_HEIGHT.search(attribute(attributes, "style"))
    return float(found[1]) * 2.54 / 72 if found else None


def _is_word(tag: str) -> bool:
    """`w:p` and not the `a:p` of a drawing."""
    return "wordprocessingml" in tag
