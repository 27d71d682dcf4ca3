"""The words of a document, line by line, for a screen that opens no Office file: a judge's tablet.

Works on the copy without names (`blind.copy`), which is a sound zip of bounded size; nothing of the XML is followed.
"""

from __future__ import annotations

import io
import re
import zipfile
from html import unescape

MOST = 2000  # lines

_PARTS = re.compile(r"word/document\d*\.xml|ppt/slides/slide(\d+)\.xml")
_PARAGRAPH = re.compile(rb"</(?:\w+:)?p>")
_TEXT = re.compile(rb"<(?:\w+:)?t(?:\s[^<>]*)?>([^<]*)</")


def lines(copy: bytes) -> list[str]:
    """Empty for a document without words, or of a sort that has no text here."""
    found: list[str] = []
    with zipfile.ZipFile(io.BytesIO(copy)) as given:
        parts = [(int(match[1] or 0), name) for name in given.namelist() if (match := _PARTS.fullmatch(name))]
        for _, name in sorted(parts):
            for paragraph in _PARAGRAPH.split(given.read(name)):
                words = b"".join(_TEXT.findall(paragraph)).decode("utf-8", "replace")
                found += [unescape(words).strip()] * bool(words.strip())
    return found[:MOST]
