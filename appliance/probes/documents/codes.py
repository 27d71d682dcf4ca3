"""QR codes in the pictures of documents and decks, and on the pages of a PDF (G7). Only found and shown.

Pictures are read one after another and let go; one that claims too many pixels is not opened.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any, BinaryIO

import numpy as np
import pypdfium2
from PIL import Image, UnidentifiedImageError

from appliance.probes.documents.relations import beside, relations
from appliance.probes.film.codes import codes_in

_MOST_PICTURES, _MOST_PAGES, _MOST_CODES = 60, 30, 20
_MOST_BYTES = 20 << 20
_MOST_PIXELS = 40_000_000
_LONG_SIDE = 1600  # pixels; a code that is smaller than 1/40 of the picture is not for scanning
_PICTURE = re.compile(r"(?:word|ppt|xl)/media/[^/]+\.(?:png|jpe?g|gif|bmp|webp|tiff?)", re.IGNORECASE)
_SLIDE = re.compile(r"ppt/slides/slide(\d+)\.xml")


def look(file: BinaryIO, size: int) -> dict[str, Any]:
    """`{"codes": [{"text", "place": slide or page, 0 when it has none}], "seen", "of"}`: pictures seen of how many."""
    head = file.read(4)
    file.seek(0)
    try:
        if head == b"PK\x03\x04":
            with zipfile.ZipFile(file) as archive:
                return _of(_pictures(archive), sum(bool(_PICTURE.fullmatch(name)) for name in archive.namelist()))
        with pypdfium2.PdfDocument(file) as document:
            return _of(_pages(document), len(document))
    except (
        zipfile.BadZipFile,
        pypdfium2.PdfiumError,
        NotImplementedError,
        RuntimeError,
        EOFError,
        zlib.error,
        ValueError,
    ):
        return {"undetermined": "里面的图片读不出来"}


def _of(pictures: Iterator[tuple[int, Image.Image | None]], many: int) -> dict[str, Any]:
    rows: dict[str, int] = {}
    seen = 0
    for place, picture in pictures:
        if picture is None:
            continue
        seen += 1
        picture.thumbnail((_LONG_SIDE, _LONG_SIDE))
        for text in codes_in(np.asarray(picture.convert("L"))):
            if len(rows) < _MOST_CODES:
                rows.setdefault(text, place)
    return {"codes": [{"text": text, "place": place} for text, place in rows.items()], "seen": seen, "of": many}


def _pictures(archive: zipfile.ZipFile) -> Iterator[tuple[int, Image.Image | None]]:
    on_slide = _on_slides(archive)
    parts = [one for one in archive.infolist() if _PICTURE.fullmatch(one.filename)]
    for part in parts[:_MOST_PICTURES]:
        small = part.file_size <= _MOST_BYTES
        yield on_slide.get(part.filename, 0), _opened(archive.read(part)) if small else None


def _on_slides(archive: zipfile.ZipFile) -> dict[str, int]:
    """{picture: the first slide that shows it}, by the numbers of the parts."""
    found: dict[str, int] = {}
    slides = sorted((int(match[1]), name) for name in archive.namelist() if (match := _SLIDE.fullmatch(name)))
    for number, part in slides[:500]:
        for one in relations(archive, part):
            if not one.outside:
                found.setdefault(beside(part, one.target), number)
    return found


def _opened(data: bytes) -> Image.Image | None:
    try:
        picture = Image.open(BytesIO(data))
        if picture.width * picture.height > _MOST_PIXELS:
            return None
        picture.load()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    return picture


def _pages(document: pypdfium2.PdfDocument) -> Iterator[tuple[int, Image.Image | None]]:
    for number in range(min(len(document), _MOST_PAGES)):
        page = document[number]
        scale = _LONG_SIDE / max(page.get_width(), page.get_height(), 1)
        yield number + 1, page.render(scale=min(scale, 3)).to_pil()
        page.close()
