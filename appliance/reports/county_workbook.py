"""推荐汇总表 in the county's own workbook: its named cells say where each value goes.

A cell called 课名, 主讲教师 … (Excel: 公式 → 定义名称) is where the first lesson's value goes; the others go below it,
and what stands below the list (signatures, notes) moves down to make room. A workbook is looked at before it is kept.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from copy import copy
from pathlib import Path
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import coordinate_from_string
from openpyxl.worksheet.worksheet import Worksheet

from appliance.errors import SettingsWrong
from appliance.reports.summary import ONCE, as_bytes, put

NUMBER = "序号"
MOST_BYTES = 2_000_000
_INFLATED = 40_000_000
_REMEDY = "请用 WPS 或 Excel 另存为 xlsx"


def filled(template: Path, rows: Sequence[Mapping[str, str]], once: Mapping[str, str]) -> bytes:
    """Raises `SettingsWrong` when it cannot be read or names no cell that we know."""
    book = _opened(template)
    known = {*ONCE, NUMBER, *(head for row in rows[:1] for head in row)}
    places = {name: place for name, place in _places(book).items() if name in known}
    if not places:
        raise SettingsWrong(
            f"{template.name} 里没有叫“课名”“主讲教师”的单元格", remedy="请给第一行数据的单元格定义名称"
        )
    lists = {name: place for name, place in places.items() if name not in ONCE}
    for name in set(places) & set(ONCE):
        put(places[name], once[name])
    for page in {place.parent.title: place.parent for place in lists.values()}.values():
        _make_room(page, max(place.row for place in lists.values() if place.parent is page), len(rows))
    for name, first in lists.items():
        for place, row in enumerate(rows):
            cell = first.parent.cell(first.row + place, first.column)
            if place:
                cell._style = copy(first._style)
            put(cell, str(place + 1) if name == NUMBER else row.get(name, ""))
    return as_bytes(book)


def looked_at(template: Path, heads: Sequence[str]) -> tuple[list[str], list[str]]:
    """(names that will be filled, names in the workbook that nobody knows). Raises `SettingsWrong`."""
    names = list(_places(_opened(template)))
    known = {*ONCE, NUMBER, *heads}
    return [name for name in names if name in known], [name for name in names if name not in known]


def _opened(template: Path) -> Workbook:
    try:
        with zipfile.ZipFile(template) as inside:
            if sum(one.file_size for one in inside.infolist()) > _INFLATED:
                raise SettingsWrong(f"{template.name} 展开后太大", remedy=_REMEDY)
            if any(b"<!DOCTYPE" in inside.read(one) for one in inside.infolist() if one.filename.endswith(".xml")):
                raise SettingsWrong(f"{template.name} 里有不该有的声明（DTD）", remedy=_REMEDY)
        return load_workbook(template)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, BadZipFile, EOFError, RuntimeError) as error:
        raise SettingsWrong(f"{template.name} 读不了：{error}", remedy=_REMEDY) from error


def _make_room(page: Worksheet, first: int, count: int) -> None:
    """Everything below the blank rows of the list goes down by as many rows as are lacking."""
    last = max(page.max_row, first)
    below = next((row for row in range(first + 1, last + 1) if _written(page, row)), None)
    lacking = 0 if below is None else count - (below - first)
    if below is None or lacking <= 0:
        return
    merged = [one for one in page.merged_cells.ranges if one.min_row >= below]
    for one in merged:
        page.unmerge_cells(str(one))
    heights = {row: page.row_dimensions[row].height for row in range(below, last + 1)}
    page.move_range(f"A{below}:{get_column_letter(page.max_column)}{last}", rows=lacking)
    for row, height in heights.items():
        page.row_dimensions[row + lacking].height = height
    for one in merged:
        one.shift(row_shift=lacking)
        page.merge_cells(str(one))


def _written(page: Worksheet, row: int) -> bool:
    return any(cell.value not in (None, "") for cell in page[row] if not isinstance(cell, MergedCell))


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
