"""Real documents and decks: advertising with its place, media that did not come along, maps, type sizes, macros."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from docx import Document
from pptx import Presentation
from pptx.util import Inches, Pt

from appliance.probes import probe
from appliance.probes.documents.signs import Signs
from tests.probes.pdf_maker import pdf

PLAIN = "关注学生的个体差异；每 100 克含 13800 毫克；2024-11-08 完成；算式 13800000000123 ÷ 7"
CALLS = (
    ("资源见 http://a.example.com/b?c=1。", [("url", "http://a.example.com/b?c=1")]),
    ("请加微信，电话13800000000", [("phone", "13800000000"), ("word", "加微信")]),
    ("联系 0571-88880000 或 400-800 8000", [("phone", "0571-88880000"), ("phone", "400-800 8000")]),
    ("扫码关注公众号", [("word", "扫码"), ("word", "关注公众")]),
    (PLAIN, []),
)


@pytest.mark.clause("G7")
@pytest.mark.parametrize(("text", "expected"), CALLS, ids=[row[0] for row in CALLS])
def test_addresses_numbers_and_calls_are_found_and_everyday_words_are_not(text: str, expected: list) -> None:
    signs = Signs()
    signs.see(text, 1)
    assert [(one["kind"], one["text"]) for one in signs.rows] == expected


@pytest.mark.clause("G7")
def test_a_document_and_a_pdf_tell_the_place_of_what_they_advertise(tmp_path: Path) -> None:
    document = Document()
    for text in ("教学目标", "", "扫码听课"):
        document.add_paragraph(text)
    document.save(str(tmp_path / "a.docx"))
    (tmp_path / "a.pdf").write_bytes(pdf(["教学目标", "扫码听课"]))
    sign = {"kind": "word", "text": "扫码"}
    assert [probe(tmp_path / name)["signs"] for name in ("a.docx", "a.pdf")] == [
        [sign | {"place": 2}], [sign | {"place": 1}],
    ]  # fmt: skip


def deck(path: Path) -> Path:
    """Two slides: the second names a map, is set in 12 pt, advertises, and shows a linked film."""
    slides = Presentation()
    slides.slides.add_slide(slides.slide_layouts[5]).shapes.title.text = "中国的地形"
    second = slides.slides.add_slide(slides.slide_layouts[6])
    run = second.shapes.add_textbox(0, 0, Inches(5), Inches(2)).text_frame.paragraphs[0].add_run()
    run.text, run.font.size = "看地图，扫码听讲解", Pt(12)
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/video"
    second.part.rels.get_or_add_ext_rel(kind, "file:///D:/素材/实验.mp4")
    slides.save(str(path))
    return path


@pytest.mark.clause("C1", "C2", "E9", "G7")
def test_a_deck_tells_its_links_maps_sizes_and_signs_by_slide(tmp_path: Path) -> None:
    media = probe(deck(tmp_path / "a.pptx"))
    names = ("slides", "apart", "maps", "credits", "small_pt", "small_place", "signs", "macros")
    assert {name: media[name] for name in names} == {
        "slides": 2, "apart": [{"place": 2, "target": "实验.mp4", "outside": True}], "maps": [2], "credits": [],
        "small_pt": 12.0, "small_place": 2, "signs": [{"kind": "word", "text": "扫码", "place": 2}], "macros": False,
    }  # fmt: skip


@pytest.mark.fault("H10")
def test_a_deck_with_a_program_inside_says_so(tmp_path: Path) -> None:
    path = deck(tmp_path / "a.pptx")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("ppt/vbaProject.bin", b"x")
    assert probe(path)["macros"] is True
