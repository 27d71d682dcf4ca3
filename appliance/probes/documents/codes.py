"""QR codes in the pictures of documents and decks, and on the pages of a PDF (G7). Only found and shown.

Pictures are read one after another and let go; one that claims too many pixels is not opened.
"""

from __future__ import annotations

import itertools
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any, BinaryIO

import numpy as np
import olefile
import pypdfium2
from defusedxml.common import DefusedXmlException
from PIL import Image, UnidentifiedImageError

from appliance.probes.code_reader import codes_in
from appliance.probes.documents import old_pictures
from appliance.probes.documents.old_file import Unreadable
from appliance.probes.documents.picture_places import Place, places

_MOST_PICTURES, _MOST_PAGES, _MOST_CODES, _MOST_PLACES = 60, 30, 20, 30
_MOST_BYTES = 20 << 20
_MOST_PIXELS = 40_000_000  # 160 MB in colour
_LONG_SIDE = 1600  # pixels; a code that is smaller than 1/40 of the picture is not for scanning
_PICTURE = re.compile(r"(?:word|ppt|xl)/media/[^/]+\.(?:png|jpe?g|gif|bmp|webp|tiff?)", re.IGNORECASE)
_WRONG = (
    zipfile.BadZipFile, pypdfium2.PdfiumError, NotImplementedError, RuntimeError, EOFError, zlib.error, ValueError,
    OSError, LookupError, struct.error, SyntaxError, DefusedXmlException, TypeError, AttributeError,
)  # fmt: skip

Shown = Iterator[tuple[list[Place], Image.Image | None]]


def look(file: BinaryIO, size: int) -> dict[str, Any]:
    """`{"codes": [{"text", "places": [Place]}], "seen", "of"}`: pictures seen of how many; or `{"undetermined"}`."""
    head = file.read(4)
    file.seek(0)
    try:
        if head == b"PK\x03\x04":
            with zipfile.ZipFile(file) as archive:
                return _of(_pictures(archive), sum(bool(_PICTURE.fullmatch(name)) for name in archive.namelist()))
        if head == b"\xd0\xcf\x11\xe0":
            with olefile.OleFileIO(file) as old:
                return _of_old(old)
        with pypdfium2.PdfDocument(file) as document:
            return _of(_pages(document), len(document))
    except Unreadable as why:
        return {"undetermined": str(why)}
    except _WRONG:
        return {"undetermined": "里面的图片读不出来"}


def _of(pictures: Shown, many: int) -> dict[str, Any]:
    rows: dict[str, list[Place]] = {}
    seen = met = 0
    for where, picture in pictures:
        met += 1
        if picture is None:
            continue
        seen += 1
        picture.thumbnail((_LONG_SIDE, _LONG_SIDE))
        for text in codes_in(np.asarray(picture.convert("L"))):
            if text in rows or len(rows) < _MOST_CODES:
                known = rows.setdefault(text, [])
                known += [place for place in where if place not in known][: _MOST_PLACES - len(known)]
    return {
        "codes": [{"text": text, "places": found} for text, found in rows.items()],
        "seen": seen,
        "of": max(met, many),
    }


def _pictures(archive: zipfile.ZipFile) -> Shown:
    where = places(archive)
    parts = [one for one in archive.infolist() if _PICTURE.fullmatch(one.filename)]
    for part in parts[:_MOST_PICTURES]:
        small = part.file_size <= _MOST_BYTES
        yield where.get(part.filename, []), _opened(archive.read(part)) if small else None


def _of_old(old: olefile.OleFileIO) -> dict[str, Any]:
    found = old_pictures.of_document(old) if old.exists("WordDocument") else old_pictures.of_deck(old)
    answer = _of(_old_pictures(itertools.islice(found, _MOST_PICTURES)), 0)
    return {**answer, "of": answer["of"] + sum(1 for _ in found)}


def _old_pictures(found: old_pictures.Found) -> Shown:
    for slides, data in found:
        yield [{"at": slide} for slide in slides], _opened(data) if len(data) <= _MOST_BYTES else None


def _opened(data: bytes) -> Image.Image | None:
    try:
        picture = Image.open(BytesIO(data))
        if picture.width * picture.height > _MOST_PIXELS:
            return None
        picture.draft("L", (_LONG_SIDE, _LONG_SIDE))  # a JPEG comes smaller without being decoded whole
        picture.load()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    return picture


def _pages(document: pypdfium2.PdfDocument) -> Shown:
    for number in range(min(len(document), _MOST_PAGES)):
        page = document[number]
        scale = _LONG_SIDE / max(page.get_width(), page.get_height(), 1)
        yield [{"at": number + 1}], page.render(scale=min(scale, 3)).to_pil()
        page.close()
