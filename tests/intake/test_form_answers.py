"""The type of an experiment is read from the 申报表 (E2), when nobody said it and the paper says it for certain."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook

from appliance.intake.form_answers import answered, chosen
from appliance.model import Material
from appliance.probes import probe
from appliance.rules.load import load

EDITION = load("2024")
VALUES = next(one["values"] for one in EDITION.selection["records"]["kinds"] if one["kind"] == "experiment_type")
FOUR = VALUES[:4]
ALL = "".join(f"{'☑' if value == '跨学科实验' else '□'}{value} " for value in FOUR)


@pytest.mark.clause("E2")
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("跨学科实验", "跨学科实验"), ("跨学科实验（物理、数学）", "跨学科实验"), (ALL, "跨学科实验"),
        (f"（√）{FOUR[0]}（ ）{FOUR[1]}（ ）{FOUR[2]}", FOUR[0]), (f"{FOUR[0]}（ ）{FOUR[1]}（√）{FOUR[2]}（ ）", FOUR[1]),
        (f"□{FOUR[0]} √{FOUR[3]}", FOUR[3]), (f"√{FOUR[0]} {FOUR[3]}", FOUR[0]),
        (f"{FOUR[0]} √ {FOUR[3]}", ""), (f"☑{FOUR[0]} ☑{FOUR[3]}", ""), (f"□{FOUR[0]} □{FOUR[3]}", ""),
        ("、".join(FOUR), ""), ("不是跨学科实验", ""), ("魔术", ""), ("", ""),
    ],
    ids=["typed", "with a note", "a ticked box", "ticks in brackets before", "ticks in brackets behind",
         "a tick instead of a box", "only one tick before", "a tick between two", "two ticks", "no tick", "all listed",
         "denied", "none of them", "empty"],
)  # fmt: skip
def test_an_answer_is_taken_only_when_it_is_certain(text: str, value: str) -> None:
    assert chosen(text, VALUES) == value


def table(path: Path, rows: list[list[str]]) -> Path:
    document = Document()
    document.add_heading("实验教学申报表", 1)
    made = document.add_table(len(rows), len(rows[0]))
    for row, texts in zip(made.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.save(str(path))
    return path


def lines(path: Path, texts: list[str]) -> Path:
    document = Document()
    for text in texts:
        document.add_paragraph(text)
    document.save(str(path))
    return path


def book(path: Path, rows: list[list[str]]) -> Path:
    made = Workbook()
    for row in rows:
        made.active.append(row)
    made.save(str(path))
    return path


def read(*paths: Path, role: str = "form", category: str = "experiment") -> dict[str, tuple[str, str]]:
    materials = [Material(role, 1, path.name, path.name, 9000, probe(path)) for path in paths]
    return answered(category, materials, EDITION)


@pytest.mark.clause("E2")
def test_a_word_form_says_it_in_a_table_in_a_line_or_in_lines_with_boxes(tmp_path: Path) -> None:
    forms = {
        "beside.docx": table(tmp_path / "beside.docx", [["课名", "摆的快慢"], ["实验类型", ALL]]),
        "same.docx": table(tmp_path / "same.docx", [["课名：摆的快慢", "实验类型：跨学科实验"]]),
        "line.docx": lines(tmp_path / "line.docx", ["课名：摆的快慢", "3. 实验类型（请打勾）：跨学科实验", "学校：示例小学"]),
        "below.docx": lines(tmp_path / "below.docx", ["实验类型：", *ALL.split(), "作者：教师甲"]),
    }  # fmt: skip
    assert {name: read(path) for name, path in forms.items()} == {
        name: {"experiment_type": ("跨学科实验", name)} for name in forms
    }


@pytest.mark.clause("E2")
def test_a_workbook_says_it_in_the_cell_beside(tmp_path: Path) -> None:
    path = book(
        tmp_path / "a.xlsx", [["跨学科实验说明", None, "课名"], ["学校", "示例小学", "摆"], ["实验类型", None, ALL]]
    )
    assert read(path) == {"experiment_type": ("跨学科实验", "a.xlsx")}


@pytest.mark.clause("E2")
def test_other_papers_other_lessons_and_two_forms_that_disagree_say_nothing(tmp_path: Path) -> None:
    one = book(tmp_path / "a.xlsx", [["实验类型", "跨学科实验"]])
    other = table(tmp_path / "b.docx", [["实验类型", "课标原型实验"]])
    assert (read(one, role="plan"), read(one, category="subject"), read(one, other)) == ({}, {}, {})
    assert read(table(tmp_path / "c.docx", [["实验类型", "课名"], ["摆的快慢", "跨学科实验"]])) == {}
