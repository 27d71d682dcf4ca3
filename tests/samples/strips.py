"""A strip of paper over class and name of a pupil's sheet, as one lays it on before scanning."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw

from tests.samples import pictures

_CLASS, _NAME = (214, 180, 408, 268), (502, 180, 740, 268)  # behind the labels of `pictures.pupil_page`


def covered_page(title: str, number: int, path: Path) -> None:
    """`pictures.pupil_page` with its name covered."""
    pictures.pupil_page(title, number, path)
    with Image.open(path) as page:
        sheet = page.copy()
    for strip in (_CLASS, _NAME):
        ImageDraw.Draw(sheet).rectangle(strip, fill="white")
    sheet.save(path)
