"""OLE files, written by hand: old Word documents and workbooks (decks: `deck_maker`) as small as readers accept.

antiword and LibreOffice open the documents; `tests/probes/test_old.py` compares with them where they are installed.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from pathlib import Path

_SECTOR = 512
_END, _FAT, _FREE, _NONE = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF, 0xFFFFFFFF
_LEAST = 4096  # shorter streams would stand among the small sectors: they are made longer instead


def ole(streams: dict[str, bytes]) -> bytes:
    """Each stream in sectors of its own, a directory, one table; up to 60 kB in all. Streams are filled up with zeros to 4096 bytes."""
    bodies = {name: body.ljust(_LEAST, b"\0") for name, body in streams.items()}
    table, sectors = [_FAT], [b""]
    starts = {}
    for name, body in bodies.items():
        starts[name] = len(table)
        count = -(-len(body) // _SECTOR)
        table += [*range(len(table) + 1, len(table) + count), _END]
        sectors += [body[at : at + _SECTOR].ljust(_SECTOR, b"\0") for at in range(0, len(body), _SECTOR)]
    directory = _directory(bodies, starts)
    first = len(table)
    count = len(directory) // _SECTOR
    table += [*range(first + 1, first + count), _END]
    sectors += [directory[at : at + _SECTOR] for at in range(0, len(directory), _SECTOR)]
    if len(table) > _SECTOR // 4:
        raise ValueError("more than one table sector holds")
    sectors[0] = struct.pack(f"<{_SECTOR // 4}I", *table, *[_FREE] * (_SECTOR // 4 - len(table)))
    return _header(first) + b"".join(sectors)


def _header(directory: int) -> bytes:
    fixed = struct.pack(
        "<8s16xHHHHH6xIIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, directory, 0, 4096,
        _END, 0, _END, 0, 0,
    )  # fmt: skip
    return fixed + struct.pack("<108I", *[_FREE] * 108)


def _directory(bodies: dict[str, bytes], starts: dict[str, int]) -> bytes:
    """The streams hang below the root as one chain to the right, in the order that the format wants."""
    names = sorted(bodies, key=lambda name: (len(name), name.upper()))
    rows = [_entry("Root Entry", 5, 1, _NONE, _END, 0)]
    for number, name in enumerate(names, 1):
        right = number + 1 if number < len(names) else _NONE
        rows.append(_entry(name, 2, _NONE, right, starts[name], len(bodies[name])))
    while len(rows) % 4:
        rows.append(_entry("", 0, _NONE, _NONE, 0, 0))
    return b"".join(rows)


def _entry(name: str, sort: int, child: int, right: int, start: int, size: int) -> bytes:
    text = (name + "\0").encode("utf-16-le") if name else b""
    return (
        text.ljust(64, b"\0")
        + struct.pack("<HBBIII36xIQ", len(text), sort, 1, _NONE, right, child, start, size)
    )  # fmt: skip


def word(paragraphs: Sequence[str], *, locked: bool = False, version: int = 0xC1) -> bytes:
    """A Word 97 document of plain paragraphs. A paragraph that begins with `#` is set in the style heading 1, with
    `~` hidden, with `-` removed (tracked), with `|` a table cell."""
    text, runs, places = "", [], []
    for paragraph in paragraphs:
        mark = paragraph[:1] if paragraph[:1] in "#~-|" and paragraph else ""
        shown = paragraph[len(mark) :] + ("\x07" if mark == "|" else "\r")
        runs.append((len(text), mark))
        text += shown
    main = bytearray(0x600)
    body = text.encode("utf-16-le")
    main += body
    main += b"\0" * (-len(main) % _SECTOR)
    borders = [0x600 + 2 * at for at, _ in runs] + [0x600 + len(body)]
    for page in (_characters(borders, runs), _paragraphs(borders, runs)):
        places.append(len(main) // _SECTOR)
        main += page
    pieces = struct.pack("<II", 0, len(text)) + struct.pack("<HIH", 0, 0x600, 0)
    index = [struct.pack("<III", borders[0], borders[-1], place) for place in places]
    parts = {1: _styles(), 12: index[0], 13: index[1], 33: b"\x02" + struct.pack("<I", len(pieces)) + pieces}
    table = b""
    struct.pack_into("<HH", main, 0, 0xA5EC, version)
    struct.pack_into("<H", main, 0x0A, 0x0200 | (0x0100 if locked else 0) | 0x1000)
    struct.pack_into("<H", main, 0x0C, 0xC1)
    struct.pack_into("<II", main, 0x18, 0x600, 0x600 + len(body))
    struct.pack_into("<H", main, 0x20, 14)
    struct.pack_into("<H", main, 0x3E, 22)
    struct.pack_into("<I", main, 0x40, len(main))
    struct.pack_into("<I", main, 0x4C, len(text))
    struct.pack_into("<H", main, 0x98, 93)
    for number, part in parts.items():
        struct.pack_into("<II", main, 0x9A + 8 * number, len(table), len(part))
        table += part
    return ole({"WordDocument": bytes(main), "1Table": table})


def _characters(borders: list[int], runs: list[tuple[int, str]]) -> bytes:
    """A page of 512 bytes: places, then for each run where its properties stand."""
    page = bytearray(_SECTOR)
    struct.pack_into(f"<{len(borders)}I", page, 0, *borders)
    at = _SECTOR - 2
    for number, (_, mark) in enumerate(runs):
        code = {"~": 0x083C, "-": 0x0800}.get(mark)
        if code:
            at -= 4
            struct.pack_into("<BHB", page, at, 3, code, 1)
            page[4 * len(borders) + number] = at // 2
    page[-1] = len(runs)
    return bytes(page)


def _paragraphs(borders: list[int], runs: list[tuple[int, str]]) -> bytes:
    page = bytearray(_SECTOR)
    struct.pack_into(f"<{len(borders)}I", page, 0, *borders)
    at = _SECTOR - 2
    for number, (_, mark) in enumerate(runs):
        body = struct.pack("<H", 1 if mark == "#" else 0) + (struct.pack("<HB", 0x2416, 1) if mark == "|" else b"")
        at -= 2 * (len(body) // 2 + 1)
        page[at] = (len(body) + 1) // 2 if len(body) % 2 else len(body) // 2 + 1
        page[at + 1 : at + 1 + len(body)] = body
        page[4 * len(borders) + 13 * number] = at // 2
    page[-1] = len(runs)
    return bytes(page)


def _styles() -> bytes:
    """Normal and heading 1."""
    head = struct.pack("<HHHHHHHHH", 2, 10, 1, 0x5B, 15, 0, 0, 0, 0)
    styles = b""
    for number, (sort, name) in enumerate(((0, "Normal"), (1, "heading 1"))):
        fixed = struct.pack("<HHHHH", sort, 1 | (0xFFF0 if number == 0 else 0), 2, 0, 0)
        letters = struct.pack("<H", len(name)) + (name + "\0").encode("utf-16-le")
        body = fixed + letters + struct.pack("<HH", 2, number) + struct.pack("<H", 0)
        styles += struct.pack("<H", len(body)) + body + b"\0" * (len(body) % 2)
    return struct.pack("<H", len(head)) + head + styles


def book(texts: Sequence[str], *, locked: bool = False, calls: bool = False) -> bytes:
    """An Excel 97 workbook with these shared texts; `calls`: another workbook."""
    strings = b"".join(struct.pack("<HB", len(text), 1) + text.encode("utf-16-le") for text in texts)
    rows = [(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0))]
    rows += [(0x002F, b"\0" * 54)] if locked else []
    rows += [(0x01AE, struct.pack("<HH", 1, 3) + b"a.xls")] if calls else []
    rows += [(0x00FC, struct.pack("<II", len(texts), len(texts)) + strings), (0x000A, b"")]
    return ole({"Workbook": b"".join(struct.pack("<HH", kind, len(body)) + body for kind, body in rows)})


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path
