"""A workbook: its text, cell by cell and in its text boxes, and whether it calls other workbooks."""

from __future__ import annotations

import re
import zipfile
from typing import Any

from appliance.probes.documents.answers import Answers
from appliance.probes.documents.relations import relations
from appliance.probes.documents.signs import Signs
from appliance.probes.documents.xml_walk import attribute, local, walk

_MOST_BYTES = 16 << 20
_MOST_OF_ALL = 48 << 20  # unpacked, all parts together
_TEXTS = re.compile(r"xl/(sharedStrings\.xml|worksheets/sheet\d+\.xml|drawings/drawing\d+\.xml)")
_BOOKS = re.compile(r"xl/externalLinks/externalLink\d+\.xml")
_MOST_LINKS = 50
_MOST_SHARED, _MOST_OF_CELL = 50_000, 300  # texts of cells that are kept, characters of one


def look(archive: zipfile.ZipFile) -> dict[str, Any]:
    """`{"text_chars", "signs", "answers": [{"label", "text"}], "outside": [{"what": "sheet", "target"}], "cut"}`;
    places are not known: 0."""
    texts, left, cut = _Texts(), _MOST_OF_ALL, False
    names = sorted(archive.NameToInfo)
    for name in filter(_TEXTS.fullmatch, names):
        left -= archive.getinfo(name).file_size
        if left < 0:
            cut = True
            break
        cut |= not walk(archive, name, texts, _MOST_BYTES)
    books = [one for name in filter(_BOOKS.fullmatch, names) for one in relations(archive, name) if one.outside]
    outside = [{"what": "sheet", "target": re.split(r"[/\\]", one.target)[-1][:80]} for one in books[:_MOST_LINKS]]
    return {
        "text_chars": texts.characters,
        "signs": texts.signs.rows,
        "print": texts.signs.print(),
        "answers": texts.answers.rows,
        "outside": outside,
        "cut": cut,
    }


class _Texts:
    """A target for `xml_walk.walk`. The texts of cells stand together before the sheets, in no order that means
    anything; a sheet's cells, row by row, say which of them is theirs."""

    def __init__(self) -> None:
        self.signs, self.answers, self.characters = Signs(), Answers(), 0
        self._text: list[str] | None = None
        self._shared: list[str] = []
        self._item: list[str] | None = None  # the pieces of the shared text or cell that is being read
        self._by_number = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = local(tag)
        if name in ("si", "c"):
            self._item, self._by_number = [], attribute(attributes, "t") == "s"
        elif name == "t" or (name == "v" and self._item is not None):
            self._text = []

    def data(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def end(self, tag: str) -> None:
        name = local(tag)
        if name in ("t", "v") and self._text is not None:
            shown, self._text = "".join(self._text), None
            if name == "t":
                self.characters += sum(not char.isspace() for char in shown)
                self.signs.see(shown, 0)
            if self._item is not None:
                self._item.append(shown)
        elif name in ("si", "c") and self._item is not None:
            whole, self._item = "".join(self._item)[:_MOST_OF_CELL], None
            if name == "c":
                self.answers.see(self._named(whole) if self._by_number else whole)
            elif len(self._shared) < _MOST_SHARED:
                self._shared.append(whole)

    def _named(self, number: str) -> str:
        at = int(number) if number.isdecimal() and len(number) < 9 else len(self._shared)
        return self._shared[at] if at < len(self._shared) else ""

    def close(self) -> None: ...
