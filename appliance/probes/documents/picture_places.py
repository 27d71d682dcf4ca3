"""Where the pictures of a new office file stand: on which slide, in which paragraph below which heading."""

from __future__ import annotations

import re
import zipfile
from typing import Any

from appliance.probes.documents import docx
from appliance.probes.documents.relations import beside, relations
from appliance.probes.slides import pptx

Place = dict[str, Any]
"""`{"at": slide, page or paragraph}`, of a paragraph `under` its heading; or `{"where": 页眉 …}` for what is on all pages."""

_DOCUMENT = "word/document.xml"
_EDGES = re.compile(r"word/(header|footer)\d*\.xml")
_BEHIND = re.compile(r"ppt/(?:slideLayouts|slideMasters)/[^/]+\.xml")
_WORDS = {"header": "页眉", "footer": "页脚"}
_MOST_PARTS = 500


def places(archive: zipfile.ZipFile) -> dict[str, list[Place]]:
    """{picture: where it stands}; a picture that nothing shows is not in it."""
    names = archive.namelist()
    found: dict[str, list[Place]] = {}
    if _DOCUMENT in names:
        targets = {one.id: beside(_DOCUMENT, one.target) for one in relations(archive, _DOCUMENT) if not one.outside}
        for id_, paragraph, heading in docx.picture_places(archive):
            _add(found, targets.get(id_, ""), {"at": paragraph, "under": heading})
    for place, part in enumerate(pptx.slides(archive)[:_MOST_PARTS], 1):
        _all_of(archive, part, {"at": place}, found)
    for name in names[:10_000]:
        if edge := _EDGES.fullmatch(name):
            _all_of(archive, name, {"where": _WORDS[edge[1]]}, found)
        elif _BEHIND.fullmatch(name):
            _all_of(archive, name, {"where": "母版"}, found)
    return found


def _all_of(archive: zipfile.ZipFile, part: str, place: Place, found: dict[str, list[Place]]) -> None:
    for one in relations(archive, part):
        if one.kind == "image" and not one.outside:
            _add(found, beside(part, one.target), place)


def _add(found: dict[str, list[Place]], picture: str, place: Place) -> None:
    rows = found.setdefault(picture, [])
    if place not in rows:
        rows.append(place)
