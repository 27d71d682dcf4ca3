"""The relations of a part of an office file: what it calls, inside the file or outside of it."""

from __future__ import annotations

import posixpath
import zipfile
from dataclasses import dataclass

from appliance.probes.documents.xml_walk import attribute, local, walk

_MOST_BYTES = 8 << 20


@dataclass(frozen=True)
class Relation:
    """`kind`: the last word of its type; `target` as written; `outside`: it does not lie in the file."""

    id: str
    kind: str
    target: str
    outside: bool


class _Relations:
    """A target for `xml_walk.walk`."""

    def __init__(self) -> None:
        self.rows: list[Relation] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if local(tag) == "Relationship":
            number, kind, target = (attribute(attributes, name) for name in ("Id", "Type", "Target"))
            outside = attribute(attributes, "TargetMode") == "External"
            self.rows.append(Relation(number, kind.rpartition("/")[2], target, outside))

    def end(self, tag: str) -> None: ...

    def data(self, text: str) -> None: ...

    def close(self) -> None: ...


def relations(archive: zipfile.ZipFile, part: str) -> list[Relation]:
    """Empty when the part calls nothing."""
    folder, _, name = part.rpartition("/")
    where, found = f"{folder}/_rels/{name}.rels", _Relations()
    if where in archive.NameToInfo:
        walk(archive, where, found, _MOST_BYTES)
    return found.rows


def beside(part: str, target: str) -> str:
    """The name in the file of what `part` calls `target`."""
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")
