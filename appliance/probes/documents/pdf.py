"""A PDF: is its end there, does it open without a password, and what stands in it, line by line, as PDFium reads it.

Lines of a PDF have no shape: bold and styles are not known, tables only by their ruled lines and gaps. What is found
by them is there; what is not found may still be there.
"""

from __future__ import annotations

from typing import Any, BinaryIO

import pypdfium2
from pypdfium2 import raw

from appliance.probes.documents import pdf_page
from appliance.probes.documents.headings import Headings
from appliance.probes.documents.signs import Signs

_TAIL = 64 * 1024
_MOST_PAGES = 200
_MOST_CHARACTERS = 300_000


def look(file: BinaryIO, size: int) -> dict[str, Any]:
    """`{"whole", "encrypted", "pages", "headings", "text_chars", "extent", "images", "signs",
    "cut"}`; encrypted: needs a password to be read."""
    file.seek(max(0, size - _TAIL))
    tail = file.read(_TAIL)
    if not (b"%%EOF" in tail and b"startxref" in tail):
        return {"whole": {"ok": False, "says": "PDF 不完整，缺少结尾"}}
    whole = {"ok": True, "says": ""}
    file.seek(0)
    try:
        with pypdfium2.PdfDocument(file) as document:
            return {"whole": whole, "encrypted": False, **_text(document)}
    except pypdfium2.PdfiumError as error:
        if error.err_code == raw.FPDF_ERR_PASSWORD:
            return {"whole": whole, "encrypted": True}
        return {"whole": whole, "undetermined": "PDF 里面的内容读不出来"}


def _text(document: pypdfium2.PdfDocument) -> dict[str, Any]:
    headings, signs, read, images, pages = Headings(), Signs(), 0, 0, len(document)
    for number in range(min(pages, _MOST_PAGES)):
        if read > _MOST_CHARACTERS:
            break
        page = document[number]
        shown = pdf_page.read(page, _MOST_CHARACTERS)
        page.close()
        images += shown.images
        read += sum(len(one.text) for one in shown.segments)
        _page(shown, number + 1, headings, signs)
    cut = pages > _MOST_PAGES or read > _MOST_CHARACTERS or headings.full
    return {
        "pages": pages, "headings": headings.rows, "text_chars": headings.characters, "extent": headings.extent,
        "images": images, "signs": signs.rows, "print": signs.print(),
        "cut": cut,
    }  # fmt: skip


def _page(page: pdf_page.Page, number: int, headings: Headings, signs: Signs) -> None:
    labels = dict(pdf_page.stacked(page.segments))
    for place, one in enumerate(page.segments):
        headings.paragraph([(one.text, False)], styled=False, numbered=False)
        signs.see(one.text, number)
        if label := labels.get(place):
            headings.cell(label)
        elif not one.alone:
            headings.cell(one.text)
    for _ in range(min(page.images, 10)):
        headings.no_text()
