"""Feeds one XML part of an office file to a target (`start`, `end`, `data`), without building a tree.

Raises `DefusedXmlException` on any DTD or entity, `ParseError` on broken XML.
"""

from __future__ import annotations

import zipfile
from typing import Protocol

from defusedxml.ElementTree import DefusedXMLParser

_CHUNK = 64 * 1024


class Target(Protocol):
    def start(self, tag: str, attributes: dict[str, str]) -> None: ...
    def end(self, tag: str) -> None: ...
    def data(self, text: str) -> None: ...
    def close(self) -> None: ...


def walk(archive: zipfile.ZipFile, name: str, target: Target, most: int) -> bool:
    """Whether all of the part was read; `False` when it was cut off at `most` unpacked bytes."""
    parser = DefusedXMLParser(target=target, forbid_dtd=True)
    left = most
    with archive.open(name) as part:
        while chunk := part.read(min(_CHUNK, left)):
            parser.feed(chunk)
            left -= len(chunk)
            if left <= 0:
                return not part.read(1)
    parser.close()
    return True


def local(tag: str) -> str:
    """The name without its name space: transitional and strict documents differ only there."""
    return tag.rpartition("}")[2]


def attribute(attributes: dict[str, str], name: str) -> str:
    return next((value for key, value in attributes.items() if local(key) == name), "")
