"""推荐汇总表: the lessons that go up, as a plain workbook; the county's own is filled by `county_workbook`.

Every value is text: nothing that a stranger wrote is ever a formula (H7)."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from appliance.reports.shown import shown

ONCE = ("填报单位", "填报日期", "年度")
_WIDEST, _LINE_POINTS = 30, 18  # of a column, in digits; of a line of text, high enough for Chinese
_LINE = Border(*(Side("thin") for _ in range(4)))


def workbook(rows: Sequence[Mapping[str, str]], heads: Sequence[str], once: Mapping[str, str]) -> bytes:
    """`rows`: one a lesson, {head: value}; `heads`: the columns in order; `once`: see ONCE."""
    book = Workbook()
    page: Worksheet = book.active
    page.title = "推荐汇总表"
    put(page.cell(1, 1), f"{once['年度']}推荐汇总表")
    page.cell(1, 1).font = Font("宋体", bold=True, size=16)
    page.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(heads) + 1)
    put(page.cell(2, 1), f"填报单位：{once['填报单位']}　填报日期：{once['填报日期']}")
    lines = [["序号", *heads], *([str(no), *(row.get(head, "") for head in heads)] for no, row in enumerate(rows, 1))]
    for column, values in enumerate(zip(*lines, strict=True), 1):
        width = min(max(map(_width, values)) + 2, _WIDEST)
        page.column_dimensions[get_column_letter(column)].width = width
        for place, value in enumerate(values, 3):
            cell = page.cell(place, column)
            put(cell, value)
            cell.border, cell.alignment = _LINE, Alignment(wrap_text=True, vertical="center")
            cell.font = Font("宋体", size=11, bold=place == 3)
            high = _LINE_POINTS * -(-_width(value) // (width - 1))
            page.row_dimensions[place].height = max(page.row_dimensions[place].height or _LINE_POINTS, high)
    page.row_dimensions[1].height = 28
    page.freeze_panes = "A4"
    page.page_setup.orientation, page.page_setup.fitToWidth, page.page_setup.fitToHeight = "landscape", 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = "3:3"
    return as_bytes(book)


def _width(text: str) -> int:
    """In columns' units: a Chinese character is as wide as two digits."""
    return sum(1 + (unicodedata.east_asian_width(one) in "WF") for one in text)


def put(cell: Cell, value: str) -> None:
    cell.value = shown(value)
    cell.data_type = "s"
    cell.number_format = "@"


def as_bytes(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
