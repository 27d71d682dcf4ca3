"""A slide deck: how many slides its presentation part lists, and how many are really there."""

from __future__ import annotations

import re
import zipfile
from typing import Any

from appliance.probes.xml_walk import local, walk

_MOST_BYTES = 8 << 20
_SLIDE = re.compile(r"ppt/slides/slide\d+\.xml")


class _Slides:
    def __init__(self) -> None:
        self.count = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.count += local(tag) == "sldId"

    def end(self, tag: str) -> None: ...

    def data(self, text: str) -> None: ...

    def close(self) -> None: ...


def look(archive: zipfile.ZipFile) -> dict[str, Any]:
    listed = _Slides()
    walk(archive, "ppt/presentation.xml", listed, _MOST_BYTES)
    there = sum(bool(_SLIDE.fullmatch(name)) for name in archive.namelist())
    return {"slides": min(listed.count, there)}
