"""A picture that stands for the scan of a score sheet: a white page with a few words."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw


def scan_of(*words: str) -> bytes:
    """A PNG; Pillow's own letters know no Chinese, so digits and lines are what is seen."""
    page = Image.new("L", (420, 594), 255)
    pen = ImageDraw.Draw(page)
    for row in range(10):
        pen.line((40, 120 + 40 * row, 380, 120 + 40 * row), fill=0)
    for row, word in enumerate(words):
        pen.text((40, 40 + 24 * row), word.encode("ascii", "ignore").decode(), fill=0)
    out = io.BytesIO()
    page.save(out, "PNG")
    return out.getvalue()
