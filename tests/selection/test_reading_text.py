"""The words of documents as a judge's tablet shows them: paragraphs and table cells in order, slides by number."""

from __future__ import annotations

import io
from pathlib import Path

from docx import Document
from pptx import Presentation

from appliance.selection.screening import blind, reading_text


def test_paragraphs_and_cells_of_a_design_come_in_order_without_names(tmp_path: Path) -> None:
    document = Document()
    document.add_heading("教学目标 & 重点 <一>", level=1)
    document.add_paragraph("执教：教师𬱖")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "学情分析", "㛃 5 < 6"
    path = tmp_path / "plan.docx"
    document.save(str(path))
    made = blind.copy(path, {"教师𬱖"})
    assert reading_text.lines(made.data) == ["教学目标 & 重点 <一>", "执教：＊＊＊", "学情分析", "㛃 5 < 6"]


def test_slides_come_by_their_number_and_not_as_the_zip_has_them(tmp_path: Path) -> None:
    deck = Presentation()
    for number in range(1, 12):
        slide = deck.slides.add_slide(deck.slide_layouts[5])
        slide.shapes.title.text = f"第 {number} 页"
    path = tmp_path / "slides.pptx"
    deck.save(str(path))
    assert reading_text.lines(blind.copy(path, set()).data) == [f"第 {number} 页" for number in range(1, 12)]


def test_a_workbook_or_an_empty_document_has_no_lines() -> None:
    out = io.BytesIO()
    Document().save(out)
    assert reading_text.lines(out.getvalue()) == []
