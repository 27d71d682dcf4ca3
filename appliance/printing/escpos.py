"""Dots as bytes for a receipt printer, by the commands that all makers of ESC/POS printers document.

ESC @              as after switching on
GS v 0 0 w w h h   w bytes a row, h rows; then w × h bytes, the leftmost dot the highest bit, 1 is black
ESC d n            n lines of paper
GS V 66 0          cut, where there is a knife
"""

from __future__ import annotations

from collections.abc import Iterator

from PIL import Image, ImageOps

BAND = 128  # rows a command: a printer's memory is small
_FEED_AND_CUT = b"\x1bd\x04\x1dVB\x00"


def commands(picture: Image.Image) -> Iterator[bytes]:
    """`picture`: mode "1", black on white. In pieces, so that a slow printer is fed as it can take it."""
    yield b"\x1b@"
    for top in range(0, picture.height, BAND):
        yield _raster(picture.crop((0, top, picture.width, min(top + BAND, picture.height))))
    yield _FEED_AND_CUT


def _raster(band: Image.Image) -> bytes:
    across = (band.width + 7) // 8
    black = ImageOps.invert(band.convert("L")).convert("1", dither=Image.Dither.NONE)
    size = across.to_bytes(2, "little") + band.height.to_bytes(2, "little")
    return b"\x1dv0\x00" + size + black.tobytes()
