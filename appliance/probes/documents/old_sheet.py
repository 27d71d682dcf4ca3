"""An old workbook (Excel 97 to 2003, WPS's et): its text, and whether it calls other workbooks."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Any

import olefile

from appliance.probes.documents.old_file import LOCKED, Unreadable, stream
from appliance.probes.documents.signs import Signs

_LOCKED, _SHARED, _ON, _LABEL, _BOOKS, _START = 0x002F, 0x00FC, 0x003C, 0x0204, 0x01AE, 0x0809
_EXCEL_97 = 0x0600
_OWN = (0x0401, 0x3A01)  # marks in a list of books: this one itself, an add-in's functions
_MOST_RECORDS, _MOST_TEXTS = 2_000_000, 200_000


def look(old: olefile.OleFileIO) -> dict[str, Any]:
    """As `xlsx.look`. Raises `Unreadable`."""
    main = stream(old, "Workbook")
    signs, characters, outside, texts = Signs(), 0, 0, 0
    records = list(_records(main))
    if (
        not records
        or records[0][0] != _START
        or struct.unpack_from("<H", records[0][1].ljust(2, b"\0"))[0] != _EXCEL_97
    ):
        raise Unreadable("是 Excel 95 或更早的表格，没有读")
    if any(kind == _LOCKED for kind, _ in records[:50]):
        return dict(LOCKED)
    for number, (kind, body) in enumerate(records):
        if kind == _BOOKS and len(body) >= 4 and struct.unpack_from("<H", body, 2)[0] not in _OWN:
            outside += 1
        for text in _texts(kind, number, records):
            texts += 1
            characters += sum(not char.isspace() for char in text)
            signs.see(text, 0)
    return {
        "text_chars": characters, "signs": signs.rows, "print": signs.print(), "outside": [{"what": "sheet", "target": ""}] * min(outside, 50),
        "cut": len(records) >= _MOST_RECORDS or texts >= _MOST_TEXTS,
    }  # fmt: skip


def _records(main: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    for _ in range(_MOST_RECORDS):
        if at + 4 > len(main):
            return
        kind, length = struct.unpack_from("<HH", main, at)
        yield kind, main[at + 4 : at + 4 + length]
        at += 4 + length


def _texts(kind: int, number: int, records: list[tuple[int, bytes]]) -> Iterator[str]:
    if kind == _LABEL and len(records[number][1]) > 9:
        yield _Strings([records[number][1][6:]]).one()
    elif kind == _SHARED:
        parts = [records[number][1][8:]]
        for following, body in records[number + 1 :]:
            if following != _ON:
                break
            parts.append(body)
        strings = _Strings(parts)
        for _ in range(_MOST_TEXTS):
            if strings.done():
                return
            yield strings.one()


class _Strings:
    """Texts one behind the other, over the borders of records: where one begins anew, so does its width."""

    def __init__(self, parts: list[bytes]) -> None:
        self._parts, self._part, self._at = parts, 0, 0

    def done(self) -> bool:
        while self._part < len(self._parts) and self._at >= len(self._parts[self._part]):
            self._part, self._at = self._part + 1, 0
        return self._part >= len(self._parts)

    def one(self) -> str:
        letters, flags = struct.unpack("<HB", self._take(3).ljust(3, b"\0"))
        runs = struct.unpack("<H", self._take(2).ljust(2, b"\0"))[0] if flags & 8 else 0
        more = struct.unpack("<I", self._take(4).ljust(4, b"\0"))[0] if flags & 4 else 0
        text, wide = "", flags & 1
        while letters > 0 and not self.done():
            data = self._here(letters * (2 if wide else 1))
            text += data.decode("utf-16-le" if wide else "latin-1", "replace")
            letters -= max(len(data) // (2 if wide else 1), 1)
            if letters > 0 and not self.done():
                wide = self._here(1)[0] & 1
        self._take(4 * runs + more)
        return text

    def _here(self, count: int) -> bytes:
        """Up to `count` bytes of the record at hand."""
        data = self._parts[self._part][self._at : self._at + count]
        self._at += len(data)
        return data

    def _take(self, count: int) -> bytes:
        data = b""
        while len(data) < count and not self.done():
            data += self._here(count - len(data))
        return data
