"""The blank sheet of a roster: the head line, one example, and what each column wants."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from appliance.roster.sheets import Column, Sheet
from appliance.store.files import replacing

_EXAMPLE = "下一行是示例，填表前请删掉"


def write(sheet: Sheet, path: Path) -> None:
    """An xlsx at `path`. Every cell is text, so that codes keep their zeros and nothing is a formula."""
    book = Workbook()
    page = book.active
    page.title = sheet.title
    page.append([sheet.title])
    page.append([_EXAMPLE])
    page.append([_head(column) for column in sheet.columns])
    page.append(list(sheet.example))
    page["A1"].font = Font(bold=True, size=14)
    for cell, column in zip(page[3], sheet.columns, strict=True):
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", start_color="FFE8EDF3")
        if column.many:
            cell.comment = Comment("几个之间用顿号隔开", "课匣")
        letter = cell.column_letter
        page.column_dimensions[letter].width = 22
        for row in range(4, 504):
            page[f"{letter}{row}"].number_format = "@"
    page.freeze_panes = "A4"
    with replacing(path) as out:
        book.save(out)


def _head(column: Column) -> str:
    return f"{column.heads[0]}*" if column.required else column.heads[0]
