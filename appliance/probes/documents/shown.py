"""The pictures that a document or deck shows, and the pages of a PDF, one after another, each let go before the next.

One that claims too many bytes or pixels is not opened; of very many only the first are.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from io import BytesIO
from typing import BinaryIO

import olefile
import pypdfium2
from defusedxml.common import DefusedXmlException
from PIL import Image, UnidentifiedImageError

from appliance.probes.documents import old_pictures
from appliance.probes.documents.old_file import Unreadable
from appliance.probes.documents.picture_places import Place, places

LONG_SIDE = 1600  # pixels
_MOST_PICTURES, _MOST_PAGES = 60, 30
_MOST_BYTES = 20 << 20
_MOST_PIXELS = 40_000_000  # 160 MB in colour
_PICTURE = re.compile(r"(?:word|ppt|xl)/media/[^/]+\.(?:png|jpe?g|gif|bmp|webp|tiff?)", re.IGNORECASE)
_WRONG = (
    zipfile.BadZipFile, pypdfium2.PdfiumError, NotImplementedError, RuntimeError, EOFError, zlib.error, ValueError,
    OSError, LookupError, struct.error, SyntaxError, DefusedXmlException, TypeError, AttributeError,
)  # fmt: skip

Shown = Iterator[tuple[list[Place], Image.Image | None]]
Open = Callable[[], Image.Image | None]


def shown(file: BinaryIO) -> Shown:
    """Where each picture stands and the picture in grey, at most `LONG_SIDE` long; `None` for one that was not opened.
    Raises `Unreadable`."""
    head = file.read(4)
    file.seek(0)
    try:
        if head == b"PK\x03\x04":
            with zipfile.ZipFile(file) as archive:
                yield from _first(_MOST_PICTURES, _in_new(archive))
        elif head == b"\xd0\xcf\x11\xe0":
            with olefile.OleFileIO(file) as old:
                yield from _first(_MOST_PICTURES, _in_old(old))
        else:
            with pypdfium2.PdfDocument(file) as document:
                yield from _first(_MOST_PAGES, _pages(document))
    except _WRONG as error:
        raise Unreadable("里面的图片读不出来") from error


def _first(most: int, pictures: Iterator[tuple[list[Place], Open]]) -> Shown:
    for number, (where, opened) in enumerate(pictures):
        yield where, opened() if number < most else None


def _in_new(archive: zipfile.ZipFile) -> Iterator[tuple[list[Place], Open]]:
    where = places(archive)
    for part in archive.infolist():
        if _PICTURE.fullmatch(part.filename):
            yield where.get(part.filename, []), partial(_unpacked, archive, part)


def _in_old(old: olefile.OleFileIO) -> Iterator[tuple[list[Place], Open]]:
    found = old_pictures.of_document(old) if old.exists("WordDocument") else old_pictures.of_deck(old)
    for slides, data in found:
        yield [{"at": slide} for slide in slides], partial(_grey, data)


def _pages(document: pypdfium2.PdfDocument) -> Iterator[tuple[list[Place], Open]]:
    for number in range(len(document)):
        yield [{"at": number + 1}], partial(_drawn, document, number)


def _drawn(document: pypdfium2.PdfDocument, number: int) -> Image.Image:
    page = document[number]
    scale = LONG_SIDE / max(page.get_width(), page.get_height(), 1)
    drawn = page.render(scale=min(scale, 3)).to_pil().convert("L")
    page.close()
    return drawn


def _unpacked(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Image.Image | None:
    return _grey(archive.read(part)) if part.file_size <= _MOST_BYTES else None


def _grey(data: bytes) -> Image.Image | None:
    if len(data) > _MOST_BYTES:
        return None
    try:
        picture = Image.open(BytesIO(data))
        if picture.width * picture.height > _MOST_PIXELS:
            return None
        picture.draft("L", (LONG_SIDE, LONG_SIDE))  # a JPEG comes smaller without being decoded whole
        picture.thumbnail((LONG_SIDE, LONG_SIDE))
        return picture.convert("L")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
