"""A paper as dots: HTML laid out by WeasyPrint, drawn by pdfium at the printer's 203 dots an inch.

Chromium would do it too, but needs 300 MB and name spaces that the unit may not make.
"""

from __future__ import annotations

import pypdfium2
from PIL import Image, ImageOps

DOTS_A_MM = 8
WIDTH_MM, MARGIN_MM = 80, 4  # of 80 mm paper the middle 72 mm can be printed
LONGEST_MM = 2000  # a page; what is longer goes on on the next, and is cut apart there
_GREY = 150  # of 255; darker is black: thin strokes of Chinese characters stay whole
_TAIL = 3 * DOTS_A_MM


def pictures(html: str) -> list[Image.Image]:
    """Mode "1", 576 dots wide, as long as what stands on them."""
    from weasyprint import CSS, HTML  # 0.6 s and 60 MB: only when something is printed
    from weasyprint.urls import URLFetcher

    nothing = URLFetcher(allowed_protocols=())  # a name that a stranger wrote must fetch nothing
    endless = CSS(string=f"@page {{ size: {WIDTH_MM}mm {LONGEST_MM}mm; margin: 2mm {MARGIN_MM}mm }}")
    document = pypdfium2.PdfDocument(HTML(string=html, url_fetcher=nothing).write_pdf(stylesheets=[endless]))
    try:
        return [_dots(page) for page in document]
    finally:
        document.close()


def _dots(page: pypdfium2.PdfPage) -> Image.Image:
    grey = page.render(scale=DOTS_A_MM * 25.4 / 72, grayscale=True).to_pil().convert("L")
    black = grey.point(lambda value: 255 if value > _GREY else 0).convert("1")
    left = MARGIN_MM * DOTS_A_MM
    written = ImageOps.invert(black.convert("L")).getbbox()
    bottom = min(black.height, (written[3] if written else 0) + _TAIL)
    return black.crop((left, 0, left + (WIDTH_MM - 2 * MARGIN_MM) * DOTS_A_MM, bottom))
