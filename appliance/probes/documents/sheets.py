"""The sheets of an image or a PDF, one after another, as grey pictures of one size.

Several pictures beside each other on a page of a PDF, and sheets side by side in one wide picture, are sheets each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any, BinaryIO, TypeVar

import cv2
import numpy as np
import pypdfium2
from PIL import Image, ImageOps, UnidentifiedImageError
from pypdfium2 import raw

from appliance.probes.documents.old_file import Unreadable

Grey = np.ndarray[Any, np.dtype[np.uint8]]
T = TypeVar("T")
MOST = 20
_LEAST_PART, _MOST_PARTS, _TOUCH = 0.1, 9, 0.01  # shares of the page; pictures on it
_SHEET = 0.707  # the width of a sheet of its height
_MOST_PIXELS = 40_000_000  # decoded, in one go: 160 MB in colour
_LONG = 1400  # pixels of the longer side that are looked at
_DARKER = 0.8  # of the paper around it
_AROUND = 61  # pixels

Image.MAX_IMAGE_PIXELS = None  # the size is looked at here, before anything is decoded
cv2.setNumThreads(1)


def of_each(file: BinaryIO, say: Callable[[Grey], T], most: int = MOST) -> tuple[list[T], bool]:
    """What `say` says of each of the first `most` sheets (at most twenty), and whether there are more. Raises
    `Unreadable` with the reason, for people."""
    head = file.read(5)
    file.seek(0)
    said: list[T] = []
    try:
        for sheet in _pdf(file) if head == b"%PDF-" else _image(file):
            if len(said) == most:
                return said, True
            said.append(say(sheet))
    except _TooLargeError as error:
        raise Unreadable(f"图片太大，有 {error.args[0]} 万像素") from error
    except UnidentifiedImageError as error:
        raise Unreadable("这种图片盒子看不了，请存成 JPG 或 PNG") from error
    except (OSError, SyntaxError, ValueError, EOFError, cv2.error, pypdfium2.PdfiumError) as error:
        raise Unreadable("图片解不出来") from error
    if not said:
        raise Unreadable("里面没有图片")
    return said, False


def ink_of(grey: Grey) -> Grey:
    """1 where a pixel is darker than the paper; the paper is the lightest nearby, smoothed."""
    grey = np.asarray(cv2.GaussianBlur(grey, (3, 3), 0), dtype=np.uint8)
    paper = cv2.blur(cv2.dilate(grey, np.ones((15, 15), np.uint8)), (_AROUND, _AROUND))
    return (grey < paper * _DARKER).astype(np.uint8)


class _TooLargeError(Exception):
    """Its argument: how many times 10,000 pixels."""


def _image(file: BinaryIO) -> Iterator[Grey]:
    with Image.open(file) as image:
        for number in range(min(getattr(image, "n_frames", 1), MOST + 1)):
            image.seek(number)
            image.draft("L", (_LONG, _LONG))  # a JPEG comes smaller without being decoded whole
            if image.width * image.height > _MOST_PIXELS:
                raise _TooLargeError(image.width * image.height // 10_000)
            image.thumbnail((_LONG, _LONG))  # first of all: what follows would copy every point
            upright = ImageOps.exif_transpose(image)
            paper = Image.new("L", upright.size, 255)
            mask = upright.convert("RGBA").getchannel("A") if "A" in upright.getbands() else None
            paper.paste(upright.convert("L"), mask=mask)
            yield from _beside(np.asarray(paper))


def _pdf(file: BinaryIO) -> Iterator[Grey]:
    """Each page; of a page with several pictures beside each other, each picture."""
    with pypdfium2.PdfDocument(file) as document:
        for number in range(min(len(document), MOST + 1)):
            page = document[number]
            parts = _parts(page)
            scale = _LONG / max(*page.get_size(), 1.0) * (1.5 if len(parts) > 1 else 1)
            drawn = page.render(scale=scale, grayscale=True).to_numpy()
            grey = drawn.reshape(drawn.shape[0], drawn.shape[1], -1)[:, :, 0]
            for left, top, right, bottom in parts:
                high, wide = grey.shape
                part = grey[int(top * high) : int(bottom * high) + 1, int(left * wide) : int(right * wide) + 1]
                yield from _beside(np.ascontiguousarray(part))
            page.close()


Part = tuple[float, float, float, float]  # left, top, right, bottom: shares of the page


def _parts(page: pypdfium2.PdfPage) -> list[Part]:
    """The pictures of a page that are as large as a sheet may be; the whole page when there are not several, or when
    one lies upon another."""
    wide, high = page.get_size()
    whole: Part = (0.0, 0.0, 1.0, 1.0)
    if page.get_rotation() or not wide or not high:
        return [whole]
    found: list[Part] = []
    for one in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = one.get_bounds()
        part = (max(left / wide, 0.0), max(1 - top / high, 0.0), min(right / wide, 1.0), min(1 - bottom / high, 1.0))
        if (part[2] - part[0]) * (part[3] - part[1]) >= _LEAST_PART:
            found.append(part)
    apart = all(_apart(one, other) for at, one in enumerate(found) for other in found[:at])
    return found if 1 < len(found) <= _MOST_PARTS and apart else [whole]


def _apart(one: Part, other: Part) -> bool:
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across <= _TOUCH or down <= _TOUCH


def _beside(grey: Grey) -> Iterator[Grey]:
    """A picture twice as wide as high, or wider, is of sheets side by side: each by itself, when nothing is written
    where they meet."""
    high, wide = grey.shape
    count = round(wide / high / _SHEET) if wide >= 1.9 * high else 1
    borders = [wide * number // count for number in range(count + 1)]
    meets = [grey[:, border - wide // 100 - 1 : border + wide // 100 + 1] for border in borders[1:-1]]
    if any(ink_of(np.ascontiguousarray(one)).mean() > _TOUCH for one in meets if one.size):
        borders = [0, wide]
    yield from (np.ascontiguousarray(grey[:, left:right]) for left, right in pairwise(borders))
