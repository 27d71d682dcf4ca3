"""Collects what looks like a heading, by its shape: style, numbering, bold, a label before a colon, a cell of a
table, a short line. What a heading must say is not known here: that is the edition's. Of a line too long for a
heading its beginning is kept: it may name what nobody set as a heading."""

from __future__ import annotations

import re
from collections.abc import Sequence

_MOST_ROWS = 5_000
_LONG = 40  # characters: longer is a sentence
_SHORT = 20
_CELL = 24
_LABEL = 16
_WEIGHT = 10  # characters that a picture or a formula counts for
_NUMBER = re.compile(
    r"[\s]*(?:第?[一二三四五六七八九十]{1,3}(?:部分|、|\.|．|:|：)|[(（\[【〔]?[一二三四五六七八九十0-9０-９]{1,3}[)）\]】〕、.．]|[①-⑳【])"
)

_LABELS = (
    re.compile(rf"\s*[【\[〔]([^】\]〕]{{1,{_LABEL}}})[】\]〕]"),
    re.compile(rf"([^:：]{{1,{_LABEL}}})[:：]"),
    re.compile(rf"\s*[一二三四五六七八九十]{{1,3}}[、.．]\s*(\S{{2,{_LABEL}}})\s+\S"),
)


def is_heading_style(name: str) -> bool:
    return name.lower().startswith(("heading", "title", "subtitle", "标题", "副标题"))


class Headings:
    """`rows`: `{"text", "shape", "at"}` in reading order; `characters`: all text that is shown, spaces left out;
    `extent`: the same with a weight for what is shown and is no text. `at` is where on that way a row begins."""

    def __init__(self) -> None:
        self.rows: list[dict[str, str | int]] = []
        self.characters = 0
        self.extent = 0
        self.full = False

    def paragraph(self, runs: Sequence[tuple[str, bool]], styled: bool, numbered: bool) -> None:
        """Each line of a paragraph by itself: in big cells people break lines and start no paragraphs."""
        for line in _lines(runs):
            text = "".join(piece for piece, _ in line).strip()
            if text:
                self._line(text, line, styled, numbered)
            count = sum(not char.isspace() for char in text)
            self.characters += count
            self.extent += count

    def no_text(self) -> None:
        """A picture or a formula: something stands here."""
        self.extent += _WEIGHT

    def cell(self, text: str) -> None:
        """A whole cell, its lines joined: labels are often set one character a line."""
        joined = re.sub(r"\s+", "", text)
        if 0 < len(joined) <= _CELL:
            self._add(joined, "cell", self.extent - len(joined))

    def _line(self, text: str, line: Sequence[tuple[str, bool]], styled: bool, numbered: bool) -> None:
        if label := _label(text):
            self._add(label, "label")
        bold = _bold_start(line)
        if bold and bold != text and len(bold) <= _SHORT:
            self._add(bold, "bold")
        if len(text) > _LONG:
            self._add(text, "line")
        elif styled:
            self._add(text, "style")
        elif numbered or _NUMBER.match(text):
            self._add(text, "number")
        elif bold == text:
            self._add(text, "bold")
        elif len(text) <= _SHORT:
            self._add(text, "short")

    def _add(self, text: str, shape: str, at: int | None = None) -> None:
        if len(self.rows) >= _MOST_ROWS:
            self.full = True
            return
        self.rows.append(
            {"text": text.strip()[:_LONG], "shape": shape, "at": self.extent if at is None else max(at, 0)}
        )


def _label(text: str) -> str:
    """What stands before the text proper: `【教学目标】理解…`, `教学目标：理解…`, `一、教学目标 理解…`"""
    for pattern in _LABELS:
        if found := pattern.match(text):
            return found[1].strip()
    return ""


def _lines(runs: Sequence[tuple[str, bool]]) -> list[list[tuple[str, bool]]]:
    lines: list[list[tuple[str, bool]]] = [[]]
    for text, bold in runs:
        for number, piece in enumerate(text.split("\n")):
            if number:
                lines.append([])
            lines[-1].append((piece, bold))
    return lines


def _bold_start(line: Sequence[tuple[str, bool]]) -> str:
    start = ""
    for text, bold in line:
        if text.strip() and not bold:
            break
        start += text
    return start.strip()
