"""How large is text that does not say so itself? The nearest that does gives the size: the shape's own list of
levels, the place in the layout that it fills, the master's, the master's styles, the deck's default."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field

from appliance.probes.documents.relations import beside, relations
from appliance.probes.documents.xml_walk import attribute, local, walk

_MOST_BYTES = 8 << 20
_MOST_PARTS = 200
_DEFAULT = 18.0  # pt, where nothing says anything
_STYLES = {
    "title": "titleStyle",
    "ctrTitle": "titleStyle",
    "dt": "otherStyle",
    "ftr": "otherStyle",
    "sldNum": "otherStyle",
}
_TITLES, _BODIES = ("title", "ctrTitle"), ("body", "subTitle", "obj", "")
# The commonest elements of a drawing: a deck may hold millions, and they say nothing about type.
SILENT = frozenset(
    ("pt", "lnTo", "cubicBezTo", "moveTo", "path", "gd", "off", "ext", "srgbClr", "schemeClr", "solidFill")
)
Levels = dict[int, float]


@dataclass
class Place:
    """A place to fill in (`holder`: the name of its sort, `index`: which of the layout's), or a free shape, whose
    `holder` is `None`. `levels`: sizes in pt that stand at it; `scale`: what the program shrank it by to fit."""

    holder: str | None = None
    index: str = ""
    levels: Levels = field(default_factory=dict)
    scale: float = 1.0


class Shapes:
    """A target for `xml_walk.walk`: the places of a layout or master, and the styles that have names."""

    def __init__(self) -> None:
        self.places: list[Place] = []
        self.styles: dict[str, Levels] = {}
        self._levels: Levels | None = None
        self._level = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = local(tag)
        if name in SILENT:
            return
        if name in ("sp", "graphicFrame"):
            self.places.append(Place())
        elif name == "ph" and self.places:
            self.places[-1].holder = attribute(attributes, "type")
            self.places[-1].index = attribute(attributes, "idx")
        elif name == "lstStyle" and self.places:
            self._levels = self.places[-1].levels
        elif name.endswith(("Style", "TextStyle")) and name != "lstStyle":
            self._levels = self.styles.setdefault(name, {})
        elif name == "normAutofit" and self.places:
            scale = attribute(attributes, "fontScale").removesuffix("%")
            self.places[-1].scale = _share(scale)
        elif name.startswith("lvl") and name.endswith("pPr") and name[3:4].isdecimal():
            self._level = int(name[3]) - 1
        elif name == "defRPr" and self._levels is not None and (size := points(attributes)):
            self._levels.setdefault(self._level, size)

    def end(self, tag: str) -> None:
        if local(tag).endswith("Style"):
            self._levels = None

    def data(self, text: str) -> None: ...

    def close(self) -> None: ...


def points(attributes: dict[str, str]) -> float | None:
    size = attribute(attributes, "sz")
    return int(size) / 100 if size.isdecimal() and 0 < len(size) < 7 else None


def _share(text: str) -> float:
    """`62500` and `62.5` alike: thousandths of a percent, or percent in the strict form."""
    try:
        value = float(text)
    except ValueError:
        return 1.0
    value = value / 100_000 if value > 1000 else value / 100
    return value if 0.01 <= value <= 1 else 1.0


class TypeSizes:
    """Of one deck. Layouts and masters are read once each."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._read: dict[str, Shapes] = {}
        self._default = self._shapes("ppt/presentation.xml").styles.get("defaultTextStyle", {})
        self._above: list[Shapes] = []

    def turn_to(self, slide: str) -> None:
        self._above = []
        part = slide
        for kind in ("slideLayout", "slideMaster"):
            part = next((beside(part, one.target) for one in relations(self._archive, part) if one.kind == kind), "")
            self._above.append(self._shapes(part))

    def of(self, place: Place, level: int) -> float:
        """In pt, without the place's own scale."""
        chain = [place.levels]
        if place.holder is not None:
            for shapes in self._above:
                chain += [one.levels for one in shapes.places if _fills(place, one)][:1]
            style = _STYLES.get(place.holder, "bodyStyle")
            chain += [shapes.styles[style] for shapes in self._above if style in shapes.styles]
        chain.append(self._default)
        return next((levels[level] for levels in chain if level in levels), _DEFAULT)

    def _shapes(self, part: str) -> Shapes:
        if part not in self._read and len(self._read) < _MOST_PARTS:
            self._read[part] = shapes = Shapes()
            if part in self._archive.NameToInfo:
                walk(self._archive, part, shapes, _MOST_BYTES)
        return self._read.get(part) or Shapes()


def _fills(place: Place, above: Place) -> bool:
    """A layout's places are known by number, a master's by sort."""
    if above.holder is None:
        return False
    if place.index and place.index == above.index:
        return True
    return _sort(place.holder or "") == _sort(above.holder)


def _sort(holder: str) -> str:
    if holder in _TITLES:
        return "title"
    return "body" if holder in _BODIES else holder
