"""A Word document: its headings by shape, how much text, how many pictures.

The body is walked with tables and text boxes, because a real 教学设计 is often one big table. Deleted and hidden
text does not count. Headers and footers are not the body.
"""

from __future__ import annotations

import zipfile
from typing import Any

from appliance.probes.documents.docx_body import Body
from appliance.probes.documents.headings import Headings, is_heading_style
from appliance.probes.documents.outside import of_document
from appliance.probes.documents.xml_walk import attribute, local, walk

_MOST_BYTES = 16 << 20  # the longest real plans have 3 MB; a Pi 4 reads this in the time allowed
_MOST_STYLES = 4 << 20


def look(archive: zipfile.ZipFile) -> dict[str, Any]:
    """`{"headings": [{"text", "shape", "at"}], "text_chars", "extent", "images", "banners", "signs",
    "answers": [{"label", "text"}], "outside":
    [{"what": template|picture|object, "target"}], "cut"}`; `cut`: too long, not read to the end."""
    headings = Headings()
    body = Body(headings, _heading_styles(archive))
    complete = walk(archive, "word/document.xml", body, _MOST_BYTES)
    return {
        "headings": headings.rows, "text_chars": headings.characters, "extent": headings.extent,
        "images": body.pictures, "banners": body.banners, "signs": body.signs.rows,
        "print": body.signs.print(), "answers": body.answers.rows,
        "outside": of_document(archive, body.linked),
        "cut": not complete or headings.full,
    }  # fmt: skip


def picture_places(archive: zipfile.ZipFile) -> list[tuple[str, int, str]]:
    """For each picture of the body: its relation's id, the paragraph in which or behind which it stands, and the
    heading above it."""
    body = Body(Headings(), _heading_styles(archive))
    walk(archive, "word/document.xml", body, _MOST_BYTES)
    return body.places


class _Styles:
    """The ids of the styles that are named as headings or have an outline level. WPS writes ids like `2`."""

    def __init__(self) -> None:
        self.ids: set[str] = set()
        self._id = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = local(tag)
        if name == "style":
            self._id = attribute(attributes, "styleId")
        elif name == "outlineLvl" or (name == "name" and is_heading_style(attribute(attributes, "val"))):
            self.ids.add(self._id)

    def end(self, tag: str) -> None: ...

    def data(self, text: str) -> None: ...

    def close(self) -> None: ...


def _heading_styles(archive: zipfile.ZipFile) -> set[str]:
    styles = _Styles()
    if "word/styles.xml" in archive.namelist():
        walk(archive, "word/styles.xml", styles, _MOST_STYLES)
    return styles.ids
