"""A slide deck: how many slides its presentation part lists and are really there, what their text says, and which
media lie outside the file."""

from __future__ import annotations

import re
import zipfile
from typing import Any

from appliance.probes.documents.outside import shown
from appliance.probes.documents.relations import beside, relations
from appliance.probes.documents.xml_walk import local, walk
from appliance.probes.slides.slide_lines import SlideLines
from appliance.probes.slides.slide_text import SlideText
from appliance.probes.slides.type_sizes import TypeSizes

_MOST_BYTES = 8 << 20
_MOST_OF_ALL = 64 << 20  # unpacked, all slides together
_MOST_LINKS = 50
_SLIDE = re.compile(r"ppt/slides/slide\d+\.xml")
_CHART = re.compile(r"ppt/charts/chart\d+\.xml")
_MEDIA = ("video", "audio", "media", "image")
_OBJECTS = ("oleObject", "package", "externalLink", "control")
_DECK = "ppt/presentation.xml"


class _Listed:
    """The relation ids of the slides, in the order of showing."""

    def __init__(self) -> None:
        self.ids: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if local(tag) == "sldId":  # its plain `id` is a number and stands beside the relation's
            self.ids.append(next((value for key, value in attributes.items() if key.endswith("}id")), ""))

    def end(self, tag: str) -> None: ...

    def data(self, text: str) -> None: ...

    def close(self) -> None: ...


def look(archive: zipfile.ZipFile) -> dict[str, Any]:
    """`{"slides", "signs", "apart": [{"place": slide, "target", "outside"}], "outside": [{"what": "object",
    "target"}], "small_pt", "small_place", "maps": [slide], "credits": [{"place", "text"}], "embedded": [{"place",
    "part"}], "cut"}`; `apart`: media that are linked (`outside`) or not in the file at all."""
    listed = _Listed()
    walk(archive, _DECK, listed, _MOST_BYTES)
    names = set(archive.NameToInfo)
    there = sum(bool(_SLIDE.fullmatch(name)) for name in names)
    lines, left, cut = SlideLines(), _MOST_OF_ALL, False
    text = SlideText(lines, TypeSizes(archive))
    apart: list[dict[str, Any]] = []
    films: list[dict[str, Any]] = []
    for place, part in enumerate(_in_order(archive, listed.ids, names), 1):
        left -= archive.getinfo(part).file_size
        if left < 0:
            cut = True
            break
        text.turn_to(place, part)
        cut |= not walk(archive, part, text, _MOST_BYTES)
        apart += _apart(archive, part, place, names, text.copied)
        films += _films(archive, part, place, names)
    return {
        **lines.answer(), "slides": min(len(listed.ids), there), "apart": apart[:_MOST_LINKS],
        "outside": _outside(archive, names), "small_pt": text.small_pt, "small_place": text.small_place,
        "embedded": films[:_MOST_LINKS], "cut": cut,
    }  # fmt: skip


def slides(archive: zipfile.ZipFile) -> list[str]:
    """The parts of the slides, in the order of showing; none when this is no deck."""
    listed = _Listed()
    if _DECK in archive.NameToInfo:
        walk(archive, _DECK, listed, _MOST_BYTES)
    return _in_order(archive, listed.ids, set(archive.NameToInfo))


def _in_order(archive: zipfile.ZipFile, ids: list[str], names: set[str]) -> list[str]:
    parts = {one.id: beside(_DECK, one.target) for one in relations(archive, _DECK)}
    return [parts[one] for one in ids if parts.get(one) in names]


def _apart(archive: zipfile.ZipFile, part: str, place: int, names: set[str], copied: set[str]) -> list[dict[str, Any]]:
    rows = (one for one in relations(archive, part) if one.kind in _MEDIA and one.id not in copied)
    return [
        {"place": place, "target": re.split(r"[/\\]", target)[-1][:80], "outside": outside}
        for target, outside in dict.fromkeys((row.target, row.outside) for row in rows)
        if outside or (target != "NULL" and beside(part, target) not in names)
    ]


def _films(archive: zipfile.ZipFile, part: str, place: int, names: set[str]) -> list[dict[str, Any]]:
    """Films and sounds that lie in the file: `media` and `video` may both name the same one."""
    inside = (
        beside(part, one.target) for one in relations(archive, part) if one.kind in _MEDIA[:3] and not one.outside
    )
    return [{"place": place, "part": name} for name in dict.fromkeys(inside) if name in names]


def _outside(archive: zipfile.ZipFile, names: set[str]) -> list[dict[str, str]]:
    """Objects and tables of charts that other files hold."""
    parts = sorted(name for name in names if _SLIDE.fullmatch(name) or _CHART.fullmatch(name))
    rows = [one for part in parts for one in relations(archive, part) if one.kind in _OBJECTS and one.outside]
    return [shown("object", one) for one in rows[:_MOST_LINKS]]
