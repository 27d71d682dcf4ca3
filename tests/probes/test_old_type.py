"""The smallest type of an old deck: said by the text, by its master, or not known."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation
from pptx.util import Inches, Pt

from appliance.probes import probe
from tests.samples.deck_maker import set_in, stated, typed_deck
from tests.samples.ole_maker import write

TITLE, BODY, FREE, HALF = 0, 1, 4, 7
TEXT = "把一个月饼平均分"  # 8 characters, and the end of the paragraph
MASTERS = {TITLE: stated(44), BODY: stated(32, 0, 24)}


def small(path: Path) -> tuple[Any, ...]:
    media = probe(path)
    return media["small_pt"], media["small_place"], media.get("small_unsure", False)


@pytest.mark.clause("E9")
@pytest.mark.parametrize(
    ("box", "expected"),
    [
        ((BODY, TEXT, set_in((4, 0), (5, 18))), (18.0, 1, False)),
        ((BODY, TEXT, set_in((7, 0), (2, 18))), (32.0, 1, False)),
        ((BODY, TEXT, b""), (32.0, 1, False)),
        ((BODY, "第一级第一级\r第二级第二级", set_in((14, 0), levels=[(7, 0), (7, 1)])), (32.0, 1, False)),
        ((BODY, "第一级第一级\r第三级第三级", set_in((14, 0), levels=[(7, 0), (7, 2)])), (24.0, 1, False)),
        ((HALF, TEXT, b""), (32.0, 1, False)),
        ((TITLE, TEXT, b""), (44.0, 1, False)),
        ((FREE, TEXT, b""), (20.0, 1, False)),
        ((BODY, "𬱖𬱖𬱖𬱖", set_in((8, 0), (1, 9))), (32.0, 1, False)),
        ((2, TEXT, b""), (None, 0, True)),
        ((BODY, TEXT, set_in((4, 0), (4, 18))), (None, 0, True)),
        ((BODY, TEXT, set_in((9, 18))[:-6]), (None, 0, True)),
        ((BODY, TEXT, set_in((9, 4001))), (None, 0, True)),
        ((BODY, "三个字", set_in((4, 8))), (None, 0, False)),
    ],
    ids=[
        "its own", "a label is none", "the master's", "the level above", "the third level", "half a page", "title", "free",
        "rare characters", "no such type", "one short", "cut off", "too large to be", "a label",
    ],
)  # fmt: skip
def test_type_of_an_old_deck_is_as_large_as_it_says_or_inherits(
    tmp_path: Path, box: tuple[int, str, bytes], expected: tuple[Any, ...]
) -> None:
    assert small(write(tmp_path / "a.ppt", typed_deck([box], MASTERS, free=stated(20)))) == expected


def test_numbered_levels_are_read_and_two_masters_that_differ_are_not_believed(tmp_path: Path) -> None:
    numbered = typed_deck([(HALF, TEXT, b"")], {HALF: stated(26, numbered=True), BODY: stated(32)})
    assert small(write(tmp_path / "a.ppt", numbered)) == (26.0, 1, False)
    for size, expected in ((20, (20.0, 1, False)), (18, (None, 0, True))):
        told = typed_deck([(FREE, TEXT, b"")], {FREE: stated(size)}, free=stated(20))
        assert small(write(tmp_path / "b.ppt", told)) == expected


def test_the_place_of_the_date_is_no_body(tmp_path: Path) -> None:
    told = typed_deck([(FREE, "二〇二四年九月", set_in((8, 10)))], MASTERS, place=7)
    assert small(write(tmp_path / "a.ppt", told)) == (None, 0, False)


@pytest.mark.slow
@pytest.mark.clause("E9")
@pytest.mark.skipif(
    not shutil.which("soffice"), reason="LibreOffice is not installed: apt-get install libreoffice-impress"
)
def test_a_deck_that_libreoffice_writes_in_the_old_form_measures_as_the_new_one(tmp_path: Path) -> None:
    for number, size in enumerate((None, 14, 28)):
        slides = Presentation()
        page = slides.slides.add_slide(slides.slide_layouts[1])
        page.shapes.title.text = "分数的初步认识"
        page.placeholders[1].text_frame.text = TEXT
        more = page.placeholders[1].text_frame.add_paragraph()
        more.text, more.level = "第二级的文字", 1
        box = slides.slides.add_slide(slides.slide_layouts[6]).shapes.add_textbox(0, 0, Inches(4), Inches(1))
        run = box.text_frame.paragraphs[0].add_run()
        run.text, run.font.size = "文本框里的文字", size and Pt(size)
        slides.save(str(tmp_path / f"{number}.pptx"))
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "ppt",
         "--outdir", str(tmp_path), *map(str, tmp_path.glob("*.pptx"))],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    for number, expected in enumerate(((18.0, 2, False), (14.0, 2, False), (28.0, 1, False))):
        assert small(tmp_path / f"{number}.pptx") == small(tmp_path / f"{number}.ppt") == expected
