"""What a receipt printer would put on paper: the bytes that it took, read back as pictures."""

from __future__ import annotations

from PIL import Image, ImageOps


def papers(taken: bytes) -> list[Image.Image]:
    """Each piece of paper until its cut, mode "1". Anything that is not one of our commands fails."""
    found, bands, place = [], [], 0
    while place < len(taken):
        if taken.startswith(b"\x1b@", place):
            assert not bands, "switched on anew amid a paper"
            place += 2
        elif taken.startswith(b"\x1dv0\x00", place):
            across, rows = (int.from_bytes(taken[place + n : place + n + 2], "little") for n in (4, 6))
            data = taken[place + 8 : place + 8 + across * rows]
            assert len(data) == across * rows, "the paper ends amid a row"
            bands.append(ImageOps.invert(Image.frombytes("1", (across * 8, rows), data).convert("L")).convert("1"))
            place += 8 + across * rows
        elif taken.startswith(b"\x1bd\x04\x1dVB\x00", place):
            found.append(_whole(bands))
            bands, place = [], place + 7
        else:
            raise AssertionError(f"unknown command {taken[place : place + 4]!r} at {place}")
    assert not bands, "never cut"
    return found


def _whole(bands: list[Image.Image]) -> Image.Image:
    paper = Image.new("1", (bands[0].width, sum(band.height for band in bands)), 1)
    top = 0
    for band in bands:
        paper.paste(band, (0, top))
        top += band.height
    return paper
