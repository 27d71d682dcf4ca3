"""The county's own 推荐汇总表: what stands below the list makes room, and what is no sound workbook is refused."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.workbook.defined_name import DefinedName

from appliance.errors import SettingsWrong
from appliance.reports import county_workbook

ONCE = {"填报单位": "示例县教育局", "填报日期": "2024-10-20", "年度": "2024年"}
RARE = ("教师㼆", "教师䶮", "教师𠮷")


@pytest.fixture
def template(tmp_path: Path) -> Path:
    """A title over all columns, one blank row and a second, then two merged lines to sign."""
    book = Workbook()
    page = book.active
    page.title = "汇总"
    page["A1"], page["A3"], page["B3"], page["C3"] = "推荐汇总表", "序号", "课名", "教师"
    page.merge_cells("A1:C1")
    page["A6"], page["A7"] = "填表人：　　　　审核人：", "单位（盖章）"
    page.merge_cells("A6:C6")
    page.row_dimensions[6].height = 40
    for name, where in (("序号", "$A$4"), ("课名", "$B$4"), ("主讲教师", "$C$4"), ("电话", "$B$3")):
        book.defined_names[name] = DefinedName(name, attr_text=f"'汇总'!{where}")
    book.save(tmp_path / "推荐汇总表.xlsx")
    return tmp_path / "推荐汇总表.xlsx"


def page_of(template: Path, count: int):
    rows = [{"课名": f"课 {n}", "主讲教师": RARE[n % 3]} for n in range(count)]
    return load_workbook(io.BytesIO(county_workbook.filled(template, rows, ONCE)))["汇总"]


@pytest.mark.clause("O2")
def test_signature_lines_below_the_list_move_down_merged_and_as_high_as_they_were(template: Path) -> None:
    page = page_of(template, 5)
    assert [page.cell(row, 3).value for row in range(4, 9)] == [RARE[n % 3] for n in range(5)]
    assert (page["A9"].value, page["A10"].value) == ("填表人：　　　　审核人：", "单位（盖章）")
    assert ({f"{one}" for one in page.merged_cells.ranges}, page.row_dimensions[9].height) == ({"A1:C1", "A9:C9"}, 40)


@pytest.mark.clause("O2")
def test_a_list_that_fits_moves_nothing(template: Path) -> None:
    page = page_of(template, 2)
    assert (page["B5"].value, page["A6"].value, page["A7"].value) == (
        "课 1",
        "填表人：　　　　审核人：",
        "单位（盖章）",
    )


def test_the_names_that_nobody_knows_are_told_before_it_is_used(template: Path) -> None:
    known, unknown = county_workbook.looked_at(template, ["课名", "主讲教师", "学校"])
    assert (sorted(known), unknown) == (["主讲教师", "序号", "课名"], ["电话"])


@pytest.mark.parametrize(
    "data",
    [b"", b"PK\x03\x04 no zip", b"<?xml version='1.0'?><!DOCTYPE x><x/>"],
    ids=("empty", "no zip", "dtd"),
)
def test_what_is_no_sound_workbook_is_refused_with_what_to_do(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(data)
    if data.startswith(b"<?xml"):
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("xl/workbook.xml", data)
    with pytest.raises(SettingsWrong, match="WPS 或 Excel"):
        county_workbook.looked_at(path, ["课名"])
