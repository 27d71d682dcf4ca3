"""Headings by shape; text boxes and tables count, deleted and hidden text does not; bombs do not go off."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from appliance.probes import probe


def paragraph(text: str, run: str = "", form: str = "") -> str:
    return f"<w:p><w:pPr>{form}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def cell(*texts: str) -> str:
    return f"<w:tbl><w:tr><w:tc>{''.join(map(paragraph, texts))}</w:tc></w:tr></w:tbl>"


def headings(media: dict) -> list[tuple[str, str]]:
    return [(row["text"], row["shape"]) for row in media["headings"] if row["shape"] != "line"]


BODY = "学生经历操作、比较、交流的全部过程，能够用自己的话说清楚为什么这样做，并且愿意和同伴分享自己的发现与收获。"
SHAPES = (
    (paragraph("教学目标", form='<w:pStyle w:val="2"/>'), [("教学目标", "style")]),
    (paragraph("一、教学目标"), [("一、教学目标", "number")]),
    (paragraph("教学目标", form="<w:numPr/>"), [("教学目标", "number")]),
    (paragraph("教学目标", run="<w:b/>"), [("教学目标", "bold")]),
    (paragraph(f"教学目标：{BODY}"), [("教学目标", "label")]),
    (paragraph(f"【教学目标】{BODY}"), [("教学目标", "label")]),
    (paragraph("教学目标"), [("教学目标", "short")]),
    (cell("教", "学", "目", "标")[:0] + cell("教学目标"), [("教学目标", "short"), ("教学目标", "cell")]),
    (paragraph(BODY), []),
    (paragraph("教学目标", run="<w:vanish/>"), []),
    (paragraph("教学目标", run='<w:vanish w:val="0"/>'), [("教学目标", "short")]),
    (f"<w:del>{paragraph('教学目标')}</w:del>", []),
    (f"<w:moveFrom>{paragraph('教学目标')}</w:moveFrom>", []),
    (f"<w:p><w:r><w:pict><w:txbxContent>{paragraph('教学目标')}</w:txbxContent></w:pict></w:r></w:p>", [("教学目标", "short")]),
    ("<w:p><w:r><w:t>教学目标</w:t><w:br/><w:t>教学过程</w:t></w:r></w:p>", [("教学目标", "short"), ("教学过程", "short")]),
)  # fmt: skip
STYLES = '<w:styles xmlns:w="w"><w:style w:styleId="2"><w:name w:val="heading 1"/></w:style></w:styles>'


@pytest.mark.clause("D2", "D3", "D5", "D6", "E11")
@pytest.mark.parametrize(("body", "expected"), SHAPES, ids=[str(n) for n in range(len(SHAPES))])
def test_headings_are_known_by_their_shape(make_docx, body: str, expected: list[tuple[str, str]]) -> None:
    assert headings(probe(make_docx(body, styles=STYLES))) == expected


def test_a_label_set_one_character_a_line_is_one_cell(make_docx) -> None:
    assert headings(probe(make_docx(cell("教", "学", "目", "标"))))[-1] == ("教学目标", "cell")


@pytest.mark.clause("D1")
@pytest.mark.fault("H11")
def test_a_document_of_pictures_has_pictures_and_no_text(make_docx) -> None:
    media = probe(make_docx("<w:p><w:r><w:drawing><w:blip/></w:drawing></w:r></w:p>"))
    assert (media["kind"], media["text_chars"], media["images"]) == ("docx", 0, 1)


@pytest.mark.parametrize(
    "preamble",
    [
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>',
        "<!DOCTYPE x>",
    ],
    ids=["external entity", "laughs", "bare"],
)
@pytest.mark.fault("H10")
def test_a_dtd_is_refused_wherever_it_stands(make_docx, preamble: str) -> None:
    media = probe(make_docx(paragraph("教学目标"), preamble=preamble))
    assert media["undetermined"] == "里面有不该有的外部声明，为了安全没有读"


@pytest.mark.fault("H10")
def test_a_document_without_end_is_read_to_a_bound_and_says_that_it_is_cut(make_docx) -> None:
    media = probe(make_docx(paragraph(BODY) * 120_000))
    assert (media["cut"], media["whole"]["ok"]) == (True, True)


def test_broken_xml_is_not_whole(make_docx) -> None:
    assert probe(make_docx("<w:p><w:r>"))["whole"] == {
        "ok": False, "says": "里面的内容读不出来，文件可能损坏",
    }  # fmt: skip


@pytest.mark.fault("H8")
def test_slides_are_counted_and_an_ordinary_archive_is_a_zip(tmp_path: Path) -> None:
    deck, other = tmp_path / "a.pptx", tmp_path / "b.zip"
    with zipfile.ZipFile(deck, "w") as archive:
        archive.writestr("ppt/presentation.xml", "<p><sldIdLst><sldId/><sldId/></sldIdLst></p>")
        archive.writestr("ppt/slides/slide1.xml", "<s/>")
        archive.writestr("ppt/slides/slide2.xml", "<s/>")
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("教案.txt", "x")
    assert (probe(deck)["slides"], probe(other)["kind"]) == (2, "zip")
