"""A sheet is brought, looked at, accepted, put back; a stranger's file harms nothing."""

from __future__ import annotations

import codecs
import io
import json
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from appliance import journal
from appliance.catalog import Catalog, panels, rosters
from appliance.errors import NotAllowed, WrongUse
from appliance.roster import blank, imports
from appliance.roster.sheets import SHEETS, Sheet
from appliance.station import Station
from tests.conftest import run_lessonbox

SHEET = (
    "学校名称,学校代码,别名,教育集团,名额\n示例第一小学,0101,一小、示例一小,示例集团,3\n示例第二小学,0102,,示例集团,\n"
)


def csv(folder: Path, text: str, encoding: str = "gb18030", name: str = "学校.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.kind)
def test_a_blank_sheet_reads_back_as_what_it_is(tmp_path: Path, sheet: Sheet) -> None:
    blank.write(sheet, tmp_path / "blank.xlsx")
    found = imports.read(sheet, imports.cells_of(tmp_path / "blank.xlsx"))
    assert (found.wrong, len(found.lines)) == ((), 1)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig"])
def test_csv_is_read_as_excel_writes_it_here_and_elsewhere(catalog: Catalog, tmp_path: Path, encoding: str) -> None:
    brought = imports.bring(catalog, "schools", csv(tmp_path, SHEET, encoding), "学校.csv", "经办甲")
    assert [line["code"] for line in brought.read.lines] == ["0101", "0102"]


def test_accepted_schools_name_recusals_and_the_one_before_can_be_put_back(catalog: Catalog, tmp_path: Path) -> None:
    first = imports.bring(catalog, "schools", csv(tmp_path, SHEET), "学校.csv", "经办甲").id
    assert panels.schools(catalog.db) == ({}, {})
    imports.accept(catalog, first, "经办甲")
    assert panels.schools(catalog.db) == (
        {"一小": "示例第一小学", "示例一小": "示例第一小学"}, {"示例第一小学": "示例集团", "示例第二小学": "示例集团"},
    )  # fmt: skip
    second = imports.bring(catalog, "schools", csv(tmp_path, "学校\n示例第二小学\n"), "新.csv", "经办甲")
    assert (second.changes.removed, len(second.changes.changed)) == (("示例第一小学",), 1)
    imports.accept(catalog, second.id, "经办甲")
    assert panels.schools(catalog.db) == ({}, {})
    imports.accept(catalog, first, "经办乙")
    assert len(panels.schools(catalog.db)[1]) == 2
    with pytest.raises(NotAllowed, match="已经在用"):
        imports.accept(catalog, first, "经办乙")
    kinds = [row["kind"] for row in catalog.db.query("select kind from event order by seq")]
    assert kinds.count("roster.accepted") == 3
    assert journal.verify(catalog.db)[1] is None


def test_a_sheet_with_faults_is_not_kept_and_a_newer_draft_replaces_an_older_one(
    catalog: Catalog, tmp_path: Path
) -> None:
    assert imports.bring(catalog, "schools", csv(tmp_path, "学校,名额\n示例一小,很多\n"), "a.csv", "经办甲").id == 0
    older = imports.bring(catalog, "schools", csv(tmp_path, SHEET), "a.csv", "经办甲").id
    newer = imports.bring(catalog, "schools", csv(tmp_path, SHEET), "b.csv", "经办甲").id
    assert [(row["id"], row["state"]) for row in rosters.history(catalog.db)] == [(newer, "draft"), (older, "dropped")]
    with pytest.raises(NotAllowed, match="已经作废"):
        imports.accept(catalog, older, "经办甲")


def test_judges_of_the_sheet_are_known_with_what_they_declared(catalog: Catalog, tmp_path: Path) -> None:
    text = "评委,单位,学科,指导过\n评委甲,示例第二小学,数学、科学,教师甲\n"
    brought = imports.bring(catalog, "judges", csv(tmp_path, text), "评委.csv", "经办甲")
    imports.accept(catalog, brought.id, "经办甲")
    judge = panels.find_judge(catalog.db, "评委甲")
    assert judge is not None
    assert (judge["school"], judge["subjects"], judge["coached"]) == ("示例第二小学", ["数学", "科学"], ["教师甲"])


def _bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for number in range(3):
            packed.writestr(f"xl/{number}.xml", bytes(90_000_000))
    return out.getvalue()


def _entity() -> bytes:
    """A workbook whose strings ask for a file of the box."""
    book = Workbook()
    book.active.append(["学校名称"])
    out, back = io.BytesIO(), io.BytesIO()
    book.save(out)
    with zipfile.ZipFile(out) as packed, zipfile.ZipFile(back, "w") as made:
        for name in packed.namelist():
            data = packed.read(name)
            if name.endswith("sharedStrings.xml"):
                data = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>' + data.split(b"?>", 1)[-1].replace(
                    "学校名称".encode(), b"&e;"
                )
            made.writestr(name, data)
    return back.getvalue()


@pytest.mark.parametrize(
    "data",
    [b"", b"PK\x03\x04 no zip", codecs.BOM_UTF16_LE + "学校".encode("utf-16-le"), b"\xd0\xcf\x11\xe0" + bytes(600),
     b"\xff\xfe\xfd\x80", _bomb(), _entity()],
    ids=["empty", "no zip", "utf-16", "xls", "bytes", "bomb", "entity"],
)  # fmt: skip
def test_what_is_no_table_is_refused_or_found_empty_and_kept_nowhere(
    catalog: Catalog, tmp_path: Path, data: bytes
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(data)
    try:
        assert imports.bring(catalog, "schools", path, "a.xlsx", "经办甲").read.wrong[0].line == 0
    except WrongUse as error:
        assert str(error).startswith("这份表读不了：")
    assert rosters.history(catalog.db) == []


def test_the_command_previews_imports_and_lists(station: Station, tmp_path: Path) -> None:
    home, path = ("--home", str(station.home)), csv(tmp_path, SHEET)
    preview = json.loads(run_lessonbox("roster", "preview", "schools", str(path), *home, "--json").stdout)
    assert (preview["ok"], preview["added"], preview["id"]) == (True, ["示例第一小学", "示例第二小学"], 0)
    assert run_lessonbox("roster", "import", "schools", str(path), *home, "--by", "经办甲").returncode == 0
    listed = json.loads(run_lessonbox("roster", "list", *home, "--json").stdout)["rosters"]
    assert [(row["kind"], row["state"], row["count"], row["decided_by"]) for row in listed] == [
        ("schools", "in_force", 2, "经办甲")
    ]
    bad = csv(tmp_path, "学校,名额\n示例一小,很多\n", name="bad.csv")
    answer = run_lessonbox("roster", "import", "schools", str(bad), *home)
    assert (answer.returncode, answer.stdout) == (10, "第 2 行：“名额”要写整数，现在是“很多”\n")
    out = tmp_path / "blank.xlsx"
    assert run_lessonbox("roster", "blank", "nodes", "--out", str(out)).returncode == 0
    assert load_workbook(out)["课程目录节点"]["A3"].value == "节点编号*"
