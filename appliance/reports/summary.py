"""推荐汇总表: the lessons that go up, as a plain workbook; the county's own is filled by `county_workbook`.

Every value is text: nothing that a stranger wrote is ever a formula (H7)."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.worksheet.worksheet import Worksheet

from appliance.reports.shown import shown

ONCE = ("填报单位", "填报日期", "年度")
_LINE = Border(*(Side("thin") for _ in range(4)))


def workbook(rows: Sequence[Mapping[str, str]], heads: Sequence[str], once: Mapping[str, str]) -> bytes:
    """`rows`: one a lesson, {head: value}; `heads`: the columns in order; `once`: see ONCE."""
    book = Workbook()
    page: Worksheet = book.active
    page.title = "推荐汇总表"
    put(page.cell(1, 1), f"{once['年度']}推荐汇总表")
    page.cell(1, 1).font = Font(bold=True, size=16)
    page.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(heads) + 1)
    put(page.cell(2, 1), f"填报单位：{once['填报单位']}　填报日期：{once['填报日期']}")
    for column, head in enumerate(("序号", *heads), 1):
        put(page.cell(3, column), head)
        page.cell(3, column).font, page.cell(3, column).border = Font(bold=True), _LINE
        page.column_dimensions[page.cell(3, column).column_letter].width = 6 if column == 1 else 14
        for place, row in enumerate(rows, 1):
            cell = page.cell(3 + place, column)
            put(cell, str(place) if column == 1 else row.get(head, ""))
            cell.border, cell.alignment = _LINE, Alignment(wrap_text=True, vertical="top")
    page.freeze_panes = "A4"
    page.page_setup.orientation, page.page_setup.fitToWidth, page.page_setup.fitToHeight = "landscape", 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = "3:3"
    return as_bytes(book)


def put(cell: Cell, value: str) -> None:
    cell.value = shown(value)
    cell.data_type = "s"
    cell.number_format = "@"


def as_bytes(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
