"""What a picture of the box's screen shows: its words, and whether the page reaches every corner."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

from appliance.probes.film import ocr

MISSING = "" if ocr.installed() else "reading pictures needs requirements/ocr.txt: make install"
_BLACK = 8  # a screen on which nothing was drawn has 0; the darkest colour of a page is lighter


def words(picture: Path) -> str:
    """Every line from top to bottom, one after the other, without blanks."""
    reader = ocr.Reader.make()
    assert reader is not None, MISSING
    return "".join(line.text for line in reader.lines(_pixels(picture))).replace(" ", "")


def size(picture: Path) -> tuple[int, int]:
    """(width, height)"""
    height, width, _ = _pixels(picture).shape
    return width, height


def fills_the_screen(picture: Path) -> bool:
    """A browser in a corner, or none, leaves a black corner. Each corner is looked at a little inside."""
    pixels = _pixels(picture)
    return all(int(pixels[row, column].max()) > _BLACK for row in (9, -9) for column in (9, -9))


def _pixels(picture: Path) -> Any:
    """height×width×3; the library belongs to an extra, and whoever has it not skips these tests."""
    return importlib.import_module("cv2").imread(str(picture))
