"""The text of slides as it streams by: lines, and the smallest size that is really shown."""

from __future__ import annotations

from appliance.probes.documents.xml_walk import attribute, local
from appliance.probes.slides.slide_lines import SlideLines
from appliance.probes.slides.type_sizes import SILENT, Shapes, TypeSizes, points

_LEAST_TEXT = 4  # characters: shorter ones are labels, numbers and units
_NOT_BODY = ("dt", "ftr", "sldNum", "hdr")


class SlideText(Shapes):
    """A target for `xml_walk.walk`; `turn_to` names the slide that comes next."""

    def __init__(self, lines: SlideLines, sizes: TypeSizes) -> None:
        super().__init__()
        self.small_pt: float | None = None
        self.small_place = 0
        self.copied: set[str] = set()  # relation ids of pictures that are linked, but have a copy in the file
        self._lines, self._sizes = lines, sizes
        self._number, self._size = 0, 0.0
        self._text_level, self._in_text = 0, False
        self._run, self._line = "", ""

    def turn_to(self, number: int, part: str) -> None:
        self._sizes.turn_to(part)
        self._number, self._size, self._in_text = number, 0.0, False
        self.places, self.copied = [], set()
        self._run = self._line = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = local(tag)
        if name in SILENT:
            return
        super().start(tag, attributes)
        if name == "p":
            self._text_level = 0
        elif name == "pPr":
            level = attribute(attributes, "lvl")
            self._text_level = int(level) if level in "012345678" and level else 0
        elif name in ("r", "fld"):
            self._size, self._run = 0.0, ""
        elif name == "rPr":
            self._size = points(attributes) or 0.0
        elif name == "t":
            self._in_text = True
        elif name == "br":
            self._line += " "
        elif name == "blip" and attribute(attributes, "embed"):
            self.copied.add(attribute(attributes, "link"))

    def data(self, text: str) -> None:
        if self._in_text:
            self._run += text

    def end(self, tag: str) -> None:
        name = local(tag)
        if name in SILENT:
            return
        super().end(tag)
        if name == "t":
            self._in_text = False
        elif name in ("r", "fld"):
            self._close_run()
        elif name == "p":
            self._lines.see(self._line, self._number)
            self._line = ""

    def _close_run(self) -> None:
        place = self.places[-1] if self.places else None
        if place and place.holder not in _NOT_BODY and len(self._run.strip()) >= _LEAST_TEXT:
            size = round((self._size or self._sizes.of(place, self._text_level)) * place.scale, 1)
            if self.small_pt is None or size < self.small_pt:
                self.small_pt, self.small_place = size, self._number
        self._line += self._run
        self._run = ""
