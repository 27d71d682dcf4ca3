"""A slide deck: how many slides its presentation part lists and are really there, what their text says, and which
media lie outside the file."""

from __future__ import annotations

import posixpath
import re
import zipfile
from typing import Any

from appliance.probes.signs import Signs
from appliance.probes.slide_text import SlideText
from appliance.probes.xml_walk import attribute, local, walk

_MOST_BYTES = 8 << 20
_MOST_OF_ALL = 64 << 20  # unpacked, all slides together
_MOST_LINKS = 50
_SLIDE = re.compile(r"ppt/slides/slide\d+\.xml")
_MEDIA = ("/video", "/audio", "/media", "/image")


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


class _Relations:
    """`rows`: (id, type, target, whether the target lies outside the file)."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, str, str, bool]] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if local(tag) == "Relationship":
            values = [attribute(attributes, name) for name in ("Id", "Type", "Target")]
            self.rows.append((values[0], values[1], values[2], attribute(attributes, "TargetMode") == "External"))

    def end(self, tag: str) -> None: ...

    def data(self, text: str) -> None: ...

    def close(self) -> None: ...


def look(archive: zipfile.ZipFile) -> dict[str, Any]:
    """`{"slides", "signs", "apart": [{"place": slide, "target", "outside"}], "small_pt", "small_place", "maps":
    [slide], "credited", "cut"}`; `apart`: media that are linked (`outside`) or not in the file at all."""
    listed = _Listed()
    walk(archive, "ppt/presentation.xml", listed, _MOST_BYTES)
    names = set(archive.namelist())
    there = sum(bool(_SLIDE.fullmatch(name)) for name in names)
    text, left, cut = SlideText(Signs()), _MOST_OF_ALL, False
    apart: list[dict[str, Any]] = []
    for place, part in enumerate(_in_order(archive, listed.ids, names), 1):
        left -= archive.getinfo(part).file_size
        if left < 0:
            cut = True
            break
        text.turn_to(place)
        cut |= not walk(archive, part, text, _MOST_BYTES)
        apart += _apart(archive, part, place, names)
    return {
        "slides": min(len(listed.ids), there), "signs": text.signs.rows, "apart": apart[:_MOST_LINKS],
        "small_pt": text.small_pt, "small_place": text.small_place, "maps": text.maps[:_MOST_LINKS],
        "credited": text.credited, "cut": cut,
    }  # fmt: skip


def _in_order(archive: zipfile.ZipFile, ids: list[str], names: set[str]) -> list[str]:
    parts = {
        row[0]: _beside("ppt/presentation.xml", row[2]) for row in _relations(archive, "ppt/presentation.xml", names)
    }
    return [parts[one] for one in ids if parts.get(one) in names]


def _apart(archive: zipfile.ZipFile, part: str, place: int, names: set[str]) -> list[dict[str, Any]]:
    rows = (row for row in _relations(archive, part, names) if row[1].endswith(_MEDIA))
    return [
        {"place": place, "target": re.split(r"[/\\]", target)[-1][:80], "outside": outside}
        for target, outside in dict.fromkeys((row[2], row[3]) for row in rows)
        if outside or (target != "NULL" and _beside(part, target) not in names)
    ]


def _relations(archive: zipfile.ZipFile, part: str, names: set[str]) -> list[tuple[str, str, str, bool]]:
    folder, _, name = part.rpartition("/")
    where, relations = f"{folder}/_rels/{name}.rels", _Relations()
    if where in names:
        walk(archive, where, relations, _MOST_BYTES)
    return relations.rows


def _beside(part: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")
