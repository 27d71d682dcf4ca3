"""What the lines of a deck's text say, whatever format it has: signs of advertising, words for maps, their sources."""

from __future__ import annotations

import re

from appliance.probes.documents.signs import Signs

_MAP = re.compile(r"地图|行政区划图|版图|地球仪")
_CREDIT = re.compile(r"地图出自.*")
_MOST = 50
_LONG = 120  # characters of a source that are kept


class SlideLines:
    """`maps`: slides that name a map; `credits`: `{"place", "text"}`, the sources as they are written."""

    def __init__(self) -> None:
        self.signs = Signs()
        self.maps: list[int] = []
        self.credits: list[dict[str, str | int]] = []
        self._before = 0  # the slide of a source that may go on in the next line

    def see(self, line: str, place: int) -> None:
        self.signs.see(line, place)
        if credit := _CREDIT.search(line):
            self._before = place
            if len(self.credits) < _MOST:
                self.credits.append({"place": place, "text": credit[0][:_LONG].strip()})
            return
        if self._before == place and self.credits and "页" not in str(self.credits[-1]["text"]):
            self.credits[-1]["text"] = f"{self.credits[-1]['text']}{line.strip()}"[:_LONG]
        elif _MAP.search(line) and place not in self.maps and len(self.maps) < _MOST:
            self.maps.append(place)
        self._before = 0

    def answer(self) -> dict[str, object]:
        return {"signs": self.signs.rows, "print": self.signs.print(), "maps": self.maps, "credits": self.credits}
