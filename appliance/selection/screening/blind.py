"""A copy of a document without the names in it: for experts who must not know whose it is.

Only the newer Office formats, which are zips of XML, can be copied so; the rest is given out as it is, when a person
allows it. Text is changed in place, byte by byte, without reading the XML as a tree: nothing in it is ever followed.
Names in pictures, in drawings and in hand stay: `Copy.pictures` counts them, and the pages say so.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Collection
from dataclasses import dataclass
from html import unescape
from pathlib import Path

SORTS = frozenset({"docx", "pptx", "xlsx"})
LARGEST = 60_000_000  # bytes of a document that is copied; a design is far smaller
INFLATED = 200_000_000
HIDDEN = "＊"

_BLOCK_END = re.compile(rb"</(?:\w+:)?(?:p|si|comment)>")
_TEXT = re.compile(rb"(<(?:\w+:)?t(?:\s[^<>]*)?>)([^<]*)(?=</(?:\w+:)?t>)")
_BY = re.compile(rb'(\s(?:\w+:)?(?:author|initials|lastModifiedBy|userId)=)"[^"]*"')
_EMPTY = {
    "docProps/core.xml": b'<?xml version="1.0"?><cp:coreProperties'
    b' xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>',
    "docProps/app.xml": b'<?xml version="1.0"?><Properties'
    b' xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>',
    "docProps/custom.xml": b'<?xml version="1.0"?><Properties'
    b' xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>',
}
# Text in other encodings would be looked through in vain.
_OTHER_LETTERS = re.compile(rb"""(?i)\xff\xfe|\xfe\xff|<\0|\0<|[^>]{0,100}encoding=["'](?!utf-8|us-ascii)""")
_PICTURE = re.compile(r"(?i).*\.(png|jpe?g|gif|bmp|tiff?|emf|wmf|svg|webp)$")


@dataclass(frozen=True)
class Copy:
    """`hidden`: how often a name was covered; `pictures`: that nobody looked into."""

    data: bytes
    hidden: int
    pictures: int


def copy(path: Path, names: Collection[str]) -> Copy | None:
    """None for what is no sound Office document, or too large. `names`: shorter ones than two characters are left."""
    wanted = sorted({name for name in names if len(name) >= 2}, key=len, reverse=True)
    if path.stat().st_size > LARGEST:
        return None
    out, hidden, pictures = io.BytesIO(), 0, 0
    try:
        with zipfile.ZipFile(path) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
            if sum(member.file_size for member in given.infolist()) > INFLATED:
                return None
            for member in given.infolist():
                data, count = _member(given, member.filename, wanted)
                if data is not None:
                    made.writestr(zipfile.ZipInfo(member.filename), data, zipfile.ZIP_DEFLATED)
                hidden, pictures = hidden + count, pictures + _is_picture(member.filename)
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, ValueError, EOFError, zlib.error):
        return None
    return Copy(out.getvalue(), hidden, pictures)


def _is_picture(name: str) -> bool:
    return bool(_PICTURE.match(name)) and not name.startswith("docProps/")


def _member(given: zipfile.ZipFile, name: str, names: Collection[str]) -> tuple[bytes | None, int]:
    """The bytes for the copy; None leaves the member out (a thumbnail, what names people only)."""
    if name in _EMPTY:
        return _EMPTY[name], 0
    if name.startswith("docProps/"):
        return b"", 0
    data = given.read(name)
    if name.lower().endswith(".xml") and _OTHER_LETTERS.match(data[:200]):
        raise ValueError("not in UTF-8")
    if not name.lower().endswith((".xml", ".rels")):
        return data, 0
    return masked(_BY.sub(rb'\1""', data), names)


def masked(xml: bytes, names: Collection[str]) -> tuple[bytes, int]:
    """Names are looked for in whole paragraphs: Word cuts them in pieces, and sets blanks between the characters."""
    pieces, start, hidden = [], 0, 0
    for end in [*(found.end() for found in _BLOCK_END.finditer(xml)), len(xml)]:
        block, count = _block(xml[start:end], names)
        pieces.append(block)
        start, hidden = end, hidden + count
    return b"".join(pieces), hidden


def _block(block: bytes, names: Collection[str]) -> tuple[bytes, int]:
    runs = [
        (found.start(2), found.end(2), unescape(found[2].decode(errors="replace"))) for found in _TEXT.finditer(block)
    ]
    whole = "".join(text for _, _, text in runs)
    covered, count = cover(whole, names)
    if not count:
        return block, 0
    made, at, last = [], 0, 0
    for start, end, text in runs:
        piece = covered[at : at + len(text)]
        made += [block[last:start], _escaped(piece)]
        at, last = at + len(text), end
    return b"".join([*made, block[last:]]), count


def cover(text: str, names: Collection[str]) -> tuple[str, int]:
    """The same length, so that each run takes its own share back."""
    count = 0
    for name in names:
        pattern = r"\s*".join(map(re.escape, name))
        text, n = re.subn(pattern, lambda found: HIDDEN * len(found[0]), text)
        count += n
    return text, count


def _escaped(text: str) -> bytes:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").encode(errors="replace")
