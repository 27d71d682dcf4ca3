"""Names on pupils' sheets (E12): only how much ink stands behind a label; what it says is kept nowhere."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from appliance.probes.documents.names import _behind
from appliance.probes.film.ocr import Character
from appliance.probes.parent import look
from tests.samples.pictures import font, pupil_page
from tests.samples.strips import covered_page

LEFT, TOP, SIZE = 100, 60, 40
ENOUGH = 0.1  # as the edition has it


def line(text: str) -> list[Character]:
    """As if read: each character in its square, the first at the left."""
    squares = ((LEFT + SIZE * at, LEFT + SIZE * (at + 1)) for at in range(len(text)))
    return [
        Character(char, 0.99, ((left, TOP), (right, TOP), (right, TOP + SIZE), (left, TOP + SIZE)))
        for char, (left, right) in zip(text, squares, strict=True)
    ]


def behind(*, written: str = "", bar: str = "", label: str = "姓名：", at: int = 3) -> dict[str, bool]:
    """Labels on a line to write on: does something stand behind them?"""
    page = Image.new("L", (700, 200), 250)
    draw = ImageDraw.Draw(page)
    for number, char in enumerate(label):
        draw.text((LEFT + SIZE * number, TOP - 8), char, font=font(SIZE), fill=20)
    draw.line((LEFT + 3 * SIZE, TOP + SIZE + 4, 480, TOP + SIZE + 4), fill=90, width=3)
    draw.text((LEFT + at * SIZE + 8, TOP - 6), written, font=font(SIZE), fill=60)
    if bar:
        draw.rectangle((LEFT + 3 * SIZE, TOP - 4, 440, TOP + SIZE + 2), fill=bar)
    return {one["label"]: one["ink"] >= ENOUGH for one in _behind(np.asarray(page), [line(label)])}


@pytest.mark.clause("E12")
def test_a_name_behind_its_label_is_seen_and_a_line_a_bar_and_a_strip_of_paper_are_none() -> None:
    assert behind(written="学生甲") == {"姓名": True}
    assert behind() == {"姓名": False}
    assert [behind(written="学生甲", bar=colour) for colour in ("black", "white")] == [{"姓名": False}] * 2


@pytest.mark.clause("E12")
def test_what_stands_behind_the_next_label_is_not_the_name() -> None:
    assert behind(label="姓名：  日期：", written="五月", at=8) == {"姓名": False}
    assert behind(label="姓 名：") == {"姓名": False}
    assert behind(label="实验报告") == {}


@pytest.mark.clause("E12")
def test_the_child_finds_the_name_on_the_sheet_that_lies_on_its_head_and_keeps_no_name(tmp_path: Path) -> None:
    sheets = []
    for number, covered in ((0, True), (2, False)):
        draw = covered_page if covered else pupil_page
        draw("摆的快慢", number, tmp_path / "one.png")
        with Image.open(tmp_path / "one.png") as page:
            sheets.append(page.convert("L").rotate(180 * number // 2))
    sheets[0].save(tmp_path / "a.pdf", save_all=True, append_images=sheets[1:])
    answer = look("names", tmp_path / "a.pdf")
    seen = [{one["label"]: one["ink"] >= ENOUGH for one in sheet} for sheet in answer["sheets"]]
    assert seen == [{"姓名": False, "班级": False}, {"姓名": True, "班级": True}]
    assert set(answer) == {"sheets", "cut", "isolation"}
    assert {key for sheet in answer["sheets"] for one in sheet for key in one} == {"label", "ink"}
    assert "学生" not in json.dumps(answer, ensure_ascii=False)
