"""The text of slides as it streams by: signs of advertising, words for maps and their sources, the smallest size.

Only sizes that stand at the text itself are known; what a layout gives is not looked up.
"""

from __future__ import annotations

import re

from appliance.probes.signs import Signs
from appliance.probes.xml_walk import attribute, local

_MAP = re.compile(r"地图|行政区划图|版图|地球仪")
_CREDIT = re.compile(r"地图出自")
_LEAST_TEXT = 4  # characters: shorter ones are labels, numbers and units


class SlideText:
    """A target for `xml_walk.walk`; `turn_to` names the slide that comes next."""

    def __init__(self, signs: Signs) -> None:
        self.signs = signs
        self.maps: list[int] = []
        self.credited = False
        self.small_pt: float | None = None
        self.small_place = 0
        self._place = 0
        self._size: float | None = None
        self._in_text = False
        self._run, self._line = "", ""

    def turn_to(self, place: int) -> None:
        self._place, self._size, self._in_text = place, None, False
        self._run = self._line = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = local(tag)
        if name == "r":
            self._size, self._run = None, ""
        elif name == "rPr":
            size = attribute(attributes, "sz")
            self._size = int(size) / 100 if size.isdecimal() and len(size) < 7 else None
        elif name == "t":
            self._in_text = True

    def data(self, text: str) -> None:
        if self._in_text:
            self._run += text

    def end(self, tag: str) -> None:
        name = local(tag)
        if name == "t":
            self._in_text = False
        elif name in ("r", "fld"):
            self._close_run()
        elif name == "p":
            self._close_line()

    def close(self) -> None: ...

    def _close_run(self) -> None:
        if (
            self._size
            and len(self._run.strip()) >= _LEAST_TEXT
            and (self.small_pt is None or self._size < self.small_pt)
        ):
            self.small_pt, self.small_place = self._size, self._place
        self._line += self._run
        self._run = ""

    def _close_line(self) -> None:
        self.signs.see(self._line, self._place)
        if _CREDIT.search(self._line):
            self.credited = True
        elif _MAP.search(self._line) and self._place not in self.maps:
            self.maps.append(self._place)
        self._line = ""
