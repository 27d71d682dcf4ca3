"""Copies without names: of documents as teachers really make them."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document
from pptx import Presentation

from appliance.selection.screening import blind

NAMES = {"教师甲", "示例第一小学", "王𠮷"}


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """The name in the heading, cut in two runs, set with blanks, in a table, in the header, in the properties."""
    document = Document()
    document.core_properties.author = "教师甲"
    document.core_properties.last_modified_by = "示例第一小学"
    heading = document.add_heading("分数的初步认识　教", level=0)
    heading.add_run("师甲").bold = True
    document.add_paragraph("执教：王 𠮷 & 教　师　甲 <示例>")
    document.add_table(rows=1, cols=2).rows[0].cells[1].text = "示例第一小学"
    document.sections[0].header.paragraphs[0].text = "示例第一小学教研组"
    document.add_paragraph("教师要引导，学生要说 1/2 < 3/4。")
    path = tmp_path / "教师甲的教学设计.docx"
    document.save(str(path))
    return path


def words(data: bytes) -> str:
    document = Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells, document.sections[0].header.paragraphs[0].text])


@pytest.mark.clause("P3a")
def test_names_are_covered_wherever_they_stand_in_text_and_the_rest_stays(plan: Path) -> None:
    made = blind.copy(plan, NAMES)
    assert made is not None
    assert words(made.data).split("\n") == [
        "分数的初步认识　＊＊＊", "执教：＊＊＊ & ＊＊＊＊＊ <示例>", "教师要引导，学生要说 1/2 < 3/4。", "", "＊＊＊＊＊＊", "＊＊＊＊＊＊教研组",
    ]  # fmt: skip
    assert (made.hidden, made.pictures) == (5, 0)
    properties = Document(io.BytesIO(made.data)).core_properties
    assert (properties.author, properties.last_modified_by) == ("", "")


@pytest.mark.clause("P3a")
def test_no_byte_of_a_copy_holds_a_name_in_its_xml(plan: Path) -> None:
    made = blind.copy(plan, NAMES)
    with zipfile.ZipFile(io.BytesIO(made.data)) as archive:
        inside = "".join(archive.read(name).decode(errors="replace") for name in archive.namelist())
    assert [name for name in NAMES if name in inside] == []


def test_slides_are_copied_too(tmp_path: Path) -> None:
    show = Presentation()
    slide = show.slides.add_slide(show.slide_layouts[0])
    slide.shapes.title.text = "圆的认识 教师甲"
    show.save(str(tmp_path / "x.pptx"))
    made = blind.copy(tmp_path / "x.pptx", NAMES)
    assert Presentation(io.BytesIO(made.data)).slides[0].shapes.title.text == "圆的认识 ＊＊＊"


def odd(path: Path, name: str, data: bytes) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, data)
    return path


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("word/document.xml", "<?xml version='1.0' encoding='UTF-16'?><w:t>教师甲</w:t>".encode("utf-16")),
        ("word/document.xml", "<?xml version='1.0' encoding='gb2312'?><w:t>教师甲</w:t>".encode("gb2312")),
    ],
    ids=("utf-16", "gb2312"),
)
def test_text_that_could_not_be_read_makes_no_copy(tmp_path: Path, name: str, data: bytes) -> None:
    assert blind.copy(odd(tmp_path / "x.docx", name, data), NAMES) is None


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0" + b"x" * 600], ids=("empty", "cut", "old"))
def test_what_is_no_sound_office_file_makes_no_copy(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x.docx").write_bytes(data)
    assert blind.copy(tmp_path / "x.docx", NAMES) is None


def test_a_box_that_would_swell_is_not_opened(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(3):
            archive.writestr(f"word/{number}.xml", bytes(90_000_000))
    assert blind.copy(tmp_path / "x.docx", NAMES) is None
