"""Old decks, written by hand."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

from tests.samples.ole_maker import ole


def deck(
    slides: Sequence[Sequence[str]], *, film: str = "", locked: bool = False, macros: bool = False,
    pictures: Mapping[int, bytes] | None = None,
) -> bytes:  # fmt: skip
    """A PowerPoint 97 deck; `film`: a path that the first slide plays; `pictures`: a PNG on this slide, from 1."""
    main, places, pictured = b"", {}, list(pictures or {})
    for number, lines in enumerate(slides, 2):
        places[number] = len(main)
        text = record(0x0FA0, "\r".join(lines).encode("utf-16-le"))
        called = record(0x0BC1, struct.pack("<I", 1)) if film and number == 2 else b""
        shape = _shape(pictured.index(number - 1) + 1) if number - 1 in pictured else b""
        main += record(0x03EE, record(0xF00D, text, holds=True) + called + shape, holds=True)
    listed = b"".join(record(0x03F3, struct.pack("<IIIII", number, 0, 0, 255 + number, 0)) for number in places)
    inside = record(0x0FF0, listed, holds=True)
    if film:
        path = record(0x0FBA, film.encode("utf-16-le"))
        called = record(0x1005, record(0x1004, struct.pack("<II", 1, 0)) + path, holds=True)
        inside += record(0x0409, record(0x1006, called, holds=True), holds=True)
    store, stored = _stored([*(pictures or {}).values()])
    inside += store
    if macros:
        inside += record(0x07D0, record(0x03FF, record(0x0400, struct.pack("<III", 9, 1, 2)), holds=True), holds=True)
    places[1] = len(main)
    main += record(0x03E8, inside, holds=True)
    return bound(main, places, locked, {"Pictures": stored} if stored else {})


def bound(
    main: bytes, places: Mapping[int, int], locked: bool = False, more: Mapping[str, bytes] | None = None
) -> bytes:
    """`places`: of the records by number; the document's own is 1."""
    at = len(main)
    main += record(0x1772, b"".join(struct.pack("<II", number | 1 << 20, place) for number, place in places.items()))
    edit = len(main)
    main += record(0x0FF5, struct.pack("<IHBBIIIIHH", 0, 0, 0, 3, 0, at, 1, len(places) + 1, 0, 0))
    user = record(0x0FF6, struct.pack("<III", 20, 0xF3D1C4DF if locked else 0xE391C05F, edit) + b"\0" * 8)
    return ole({"PowerPoint Document": main, "Current User": user, **(more or {})})


def _shape(picture: int) -> bytes:
    """A shape that shows the picture of this number."""
    return record(0xF004, struct.pack("<HHIHI", 1 << 4 | 3, 0xF00B, 6, 0x4104, picture), holds=True)


def _stored(pictures: Sequence[bytes]) -> tuple[bytes, bytes]:
    """The list of pictures, and the stream in which they lie."""
    stream, rows = b"", b""
    for picture in pictures:
        rows += record(
            0xF007, b"\6" * 2 + b"\7" * 16 + struct.pack("<HIII", 0, len(picture), 1, len(stream)) + b"\0" * 4
        )
        stream += struct.pack("<HHI", 0x6E0 << 4, 0xF01E, 17 + len(picture)) + b"\7" * 17 + picture
    group = record(0xF000, record(0xF001, rows, holds=True), holds=True)
    return (record(0x040B, group, holds=True) if pictures else b""), stream


def record(kind: int, body: bytes, *, holds: bool = False, instance: int = 0) -> bytes:
    return struct.pack("<HHI", instance << 4 | (15 if holds else 0), kind, len(body)) + body


def typed_deck(
    boxes: Sequence[tuple[int, str, bytes]], masters: Mapping[int, bytes], free: bytes = b"", place: int = 0
) -> bytes:
    """One slide. `boxes`: type of text, text, how it is set (the body of its record, b"" for none); `masters`: what the
    master says of each type; `free`: what the document says of free text; `place`: which place of the master the boxes fill."""
    styles = b"".join(record(0x0FA3, body, instance=kind) for kind, body in masters.items())
    master = record(0x03F8, record(0x03EF, b"\0" * 24) + styles, holds=True)
    shapes = b"".join(_box(kind, text, how, place) for kind, text, how in boxes)
    slide = record(0x03EE, record(0x03EF, struct.pack("<12xI8x", 1 << 31)) + shapes, holds=True)
    listed = [record(0x03F3, struct.pack("<IIIII", *row)) for row in ((3, 0, 0, 1 << 31, 0), (2, 0, 0, 256, 0))]
    inside = record(0x03F2, record(0x0FA3, free, instance=4) if free else b"", holds=True)
    inside += b"".join(record(0x0FF0, row, holds=True, instance=1 - at) for at, row in enumerate(listed))
    places = {2: 0, 3: len(slide), 1: len(slide) + len(master)}
    return bound(slide + master + record(0x03E8, inside, holds=True), places)


def _box(kind: int, text: str, how: bytes, place: int) -> bytes:
    held = record(0x0F9F, struct.pack("<I", kind)) + record(0x0FA0, text.encode("utf-16-le"))
    held += record(0x0FA1, how) if how else b""
    fills = record(0xF011, record(0x0BC3, struct.pack("<IBBH", 0, place, 0, 0)), holds=True) if place else b""
    return record(0xF004, fills + record(0xF00D, held, holds=True), holds=True)


def set_in(*runs: tuple[int, int], levels: Sequence[tuple[int, int]] = ()) -> bytes:
    """`runs`: so many characters in so many points, 0 where it is not said; `levels`: so many at this level."""
    whole = levels or [(sum(count for count, _ in runs), 0)]
    told = b"".join(struct.pack("<IHI", count, level, 0) for count, level in whole)
    return told + b"".join(struct.pack("<I", count) + _size(size) for count, size in runs)


def stated(*sizes: int, numbered: bool = False) -> bytes:
    """What a master says of a type of text, by level."""
    rows = [(struct.pack("<H", level) if numbered else b"") + _tabs() + _size(size) for level, size in enumerate(sizes)]
    return struct.pack("<H", len(sizes)) + b"".join(rows)


def _tabs() -> bytes:
    """A bullet, its sign, one tab stop."""
    return struct.pack("<IHHHHH", 0x100081, 1, 0x2022, 1, 576, 0)


def _size(size: int) -> bytes:
    """With a style before it and a colour after it."""
    return struct.pack("<IHHI", 0x60001, 1, size, 0xFE000000) if size else struct.pack("<I", 0)
