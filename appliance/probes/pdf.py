"""A PDF: is its end there, does it open without a password, and what stands in it, line by line, as PDFium reads it.

Lines of a PDF have no shape: a table falls apart, bold is not known. What is found by them is there; what is not
found may still be there.
"""

from __future__ import annotations

from typing import Any, BinaryIO

import pypdfium2
from pypdfium2 import raw

from appliance.probes.headings import Headings
from appliance.probes.signs import Signs

_TAIL = 64 * 1024
_MOST_PAGES = 200
_MOST_CHARACTERS = 500_000


def look(file: BinaryIO, size: int) -> dict[str, Any]:
    """`{"whole", "encrypted", "pages", "headings", "text_chars", "signs", "cut"}`; encrypted: needs a password to be read."""
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
    headings, signs, read, pages = Headings(), Signs(), 0, len(document)
    for number in range(min(pages, _MOST_PAGES)):
        if read > _MOST_CHARACTERS:
            break
        page = document[number]
        words = page.get_textpage()
        text = words.get_text_range(0, min(words.count_chars(), _MOST_CHARACTERS))
        words.close()
        page.close()
        read += len(text)
        for line in text.splitlines():
            headings.paragraph([(line, False)], styled=False, numbered=False)
            signs.see(line, number + 1)
    cut = pages > _MOST_PAGES or read > _MOST_CHARACTERS or headings.full
    return {
        "pages": pages, "headings": headings.rows, "text_chars": headings.characters, "signs": signs.rows, "cut": cut,
    }  # fmt: skip
