"""The first page of a PDF as a picture, for people: a browser shows no PDF under a strict policy. Nothing is decided by it."""

from __future__ import annotations

import base64
from typing import Any, BinaryIO

import cv2
import pypdfium2

_LONG = 1600  # pixels of the longer side: the writing of a form can be read
_QUALITY = 80
_MOST_BYTES = 2_500_000  # of the picture; the answer that carries it is bounded

cv2.setNumThreads(1)


def look(file: BinaryIO, size: int) -> dict[str, Any]:
    """`{"pages", "pictures": {"first-page": base64 of a JPEG}}`, or `{"undetermined": why}`."""
    try:
        with pypdfium2.PdfDocument(file) as document:
            if not len(document):
                return {"undetermined": "PDF 里没有页"}
            picture = _drawn(document[0])
            pages = len(document)
    except (pypdfium2.PdfiumError, cv2.error, ValueError):
        return {"undetermined": "PDF 画不出来，可能加了密码或坏了"}
    if not 0 < len(picture) <= _MOST_BYTES:
        return {"undetermined": "PDF 画出来太大"}
    return {"pages": pages, "pictures": {"first-page": base64.b64encode(picture).decode()}}


def _drawn(page: pypdfium2.PdfPage) -> bytes:
    try:
        scale = _LONG / max(*page.get_size(), 1.0)
        drawn = page.render(scale=scale).to_numpy()[:, :, :3]
        done, data = cv2.imencode(".jpg", drawn, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
        return data.tobytes() if done else b""
    finally:
        page.close()
