"""The cells of a sheet that a person brings: xlsx, or CSV as Excel writes it here (GB18030) and elsewhere (UTF-8)."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable
from typing import Any, BinaryIO

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

MOST_ROWS, MOST_COLUMNS, MOST_CELL = 20_000, 40, 1000
_MOST_UNPACKED = 200_000_000


def look(file: BinaryIO, size: int) -> dict[str, Any]:
    """`{"cells": [[text, …], …]}` of the first sheet that has any, or `{"undetermined": why}`."""
    head = file.read(8)
    file.seek(0)
    if head.startswith(b"PK"):
        return _workbook(file)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return {"undetermined": "它是旧格式的 xls，或者加了密码"}
    return _text(file.read(size))


def _workbook(file: BinaryIO) -> dict[str, Any]:
    try:
        with zipfile.ZipFile(file) as packed:
            if sum(one.file_size for one in packed.infolist()) > _MOST_UNPACKED:
                return {"undetermined": "它解开以后太大"}
        book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        sheets = [_bounded(sheet.iter_rows(values_only=True)) for sheet in book.worksheets[:5]]
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, TypeError, SyntaxError, EOFError):
        return {"undetermined": "它不是完整的 xlsx"}
    return next(({"cells": cells} for cells in sheets if any(map(any, cells))), {"cells": []})


def _text(data: bytes) -> dict[str, Any]:
    if b"\0" in data:
        return {"undetermined": "它不是表格"}
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        first = text.partition("\n")[0]
        delimiter = max(",\t;", key=first.count)
        try:
            return {"cells": _bounded(csv.reader(io.StringIO(text), delimiter=delimiter))}
        except csv.Error:
            return {"undetermined": "它不是完整的 CSV"}
    return {"undetermined": "它的文字编码认不出"}


def _bounded(rows: Iterable[Iterable[Any]]) -> list[list[str]]:
    """Empty rows at the end of a sheet that was once longer do not count."""
    cells: list[list[str]] = []
    for number, row in enumerate(rows):
        if number >= MOST_ROWS:
            raise ValueError("too many rows")
        cells.append([_said(value) for value in list(row)[:MOST_COLUMNS]])
    while cells and not any(cells[-1]):
        cells.pop()
    return cells


def _said(value: Any) -> str:
    """360731.0 is how a sheet keeps a code that was typed as a number."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    return str(value)[:MOST_CELL]
