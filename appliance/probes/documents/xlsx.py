"""A workbook: its text, cell by cell and in its text boxes, and whether it calls other workbooks."""

from __future__ import annotations

import re
import zipfile
from typing import Any

from appliance.probes.documents.relations import relations
from appliance.probes.documents.signs import Signs
from appliance.probes.documents.xml_walk import local, walk

_MOST_BYTES = 16 << 20
_MOST_OF_ALL = 48 << 20  # unpacked, all parts together
_TEXTS = re.compile(r"xl/(sharedStrings\.xml|worksheets/sheet\d+\.xml|drawings/drawing\d+\.xml)")
_BOOKS = re.compile(r"xl/externalLinks/externalLink\d+\.xml")
_MOST_LINKS = 50


def look(archive: zipfile.ZipFile) -> dict[str, Any]:
    """`{"text_chars", "signs", "outside": [{"what": "sheet", "target"}], "cut"}`; places are not known: 0."""
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
        "outside": outside,
        "cut": cut,
    }


class _Texts:
    """A target for `xml_walk.walk`."""

    def __init__(self) -> None:
        self.signs, self.characters = Signs(), 0
        self._text: list[str] | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if local(tag) == "t":
            self._text = []

    def data(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def end(self, tag: str) -> None:
        if local(tag) == "t" and self._text is not None:
            shown, self._text = "".join(self._text), None
            self.characters += sum(not char.isspace() for char in shown)
            self.signs.see(shown, 0)

    def close(self) -> None: ...
