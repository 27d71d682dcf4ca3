"""推荐汇总表: the lessons that go up, as a workbook: our plain one, or the county's own, filled by named cells.

In the county's workbook a cell called 课名, 主讲教师 … (Excel: 公式 → 定义名称) is where the first lesson's value goes;
the others go below it. 填报单位, 填报日期 and 年度 are filled once. Every value is text: nothing that a stranger
wrote is ever a formula (H7).
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from copy import copy
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils.cell import coordinate_from_string
from openpyxl.worksheet.worksheet import Worksheet

from appliance.errors import SettingsWrong
from appliance.reports.shown import shown

ONCE = ("填报单位", "填报日期", "年度")
_LINE = Border(*(Side("thin") for _ in range(4)))


def workbook(rows: Sequence[Mapping[str, str]], heads: Sequence[str], once: Mapping[str, str]) -> bytes:
    """`rows`: one a lesson, {head: value}; `heads`: the columns in order; `once`: see ONCE."""
    book = Workbook()
    page: Worksheet = book.active
    page.title = "推荐汇总表"
    _put(page.cell(1, 1), f"{once['年度']}推荐汇总表")
    page.cell(1, 1).font = Font(bold=True, size=16)
    page.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(heads) + 1)
    _put(page.cell(2, 1), f"填报单位：{once['填报单位']}　填报日期：{once['填报日期']}")
    for column, head in enumerate(("序号", *heads), 1):
        _put(page.cell(3, column), head)
        page.cell(3, column).font, page.cell(3, column).border = Font(bold=True), _LINE
        page.column_dimensions[page.cell(3, column).column_letter].width = 6 if column == 1 else 14
        for place, row in enumerate(rows, 1):
            cell = page.cell(3 + place, column)
            _put(cell, str(place) if column == 1 else row.get(head, ""))
            cell.border, cell.alignment = _LINE, Alignment(wrap_text=True, vertical="top")
    page.freeze_panes = "A4"
    page.page_setup.orientation, page.page_setup.fitToWidth, page.page_setup.fitToHeight = "landscape", 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = "3:3"
    return _bytes(book)


def filled(template: Path, rows: Sequence[Mapping[str, str]], once: Mapping[str, str]) -> bytes:
    """The county's own workbook. Raises `SettingsWrong` when it names no cell that we know."""
    try:
        book = load_workbook(template)
    except (OSError, ValueError, KeyError, TypeError, BadZipFile) as error:
        raise SettingsWrong(f"{template.name} 读不了：{error}", remedy="请用 WPS 或 Excel 另存为 xlsx") from error
    known = {*ONCE, "序号", *(head for row in rows[:1] for head in row)}
    places = {name: place for name, place in _places(book).items() if name in known}
    if not places:
        raise SettingsWrong(
            f"{template.name} 里没有叫“课名”“主讲教师”的单元格", remedy="请给第一行数据的单元格定义名称"
        )
    for name, first in places.items():
        if name in ONCE:
            _put(first, once[name])
            continue
        for place, row in enumerate(rows):
            cell = first.parent.cell(first.row + place, first.column)
            if place:
                cell._style = copy(first._style)
            _put(cell, str(place + 1) if name == "序号" else row.get(name, ""))
    return _bytes(book)


def _places(book: Workbook) -> dict[str, Cell]:
    """{name: the one cell that it names}; names of ranges and of other things are left alone."""
    found = {}
    for name, defined in book.defined_names.items():
        for sheet, where in defined.destinations:
            address = where.replace("$", "")
            if ":" not in address and sheet in book.sheetnames:
                coordinate_from_string(address)
                found[name] = book[sheet][address]
    return found


def _put(cell: Cell, value: str) -> None:
    cell.value = shown(value)
    cell.data_type = "s"
    cell.number_format = "@"


def _bytes(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
