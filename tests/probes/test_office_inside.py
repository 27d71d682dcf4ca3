"""What stands inside new office files: films, type that inherits its size, sources of maps, links, workbooks."""

from __future__ import annotations

import subprocess
import zipfile
from pathlib import Path

import pytest
from docx import Document
from docx.shared import Cm
from openpyxl import Workbook
from PIL import Image
from pptx import Presentation
from pptx.oxml.ns import qn
from pptx.util import Inches

from appliance.probes import probe
from appliance.rules import engine
from appliance.rules.load import load
from tests.probes.test_docx import cell, paragraph
from tests.rules.samples import complete, with_media

_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def told(path: Path, role: str) -> list[tuple[str, str]]:
    found = engine.check(with_media(complete(), role, probe(path), name=path.name), load("2024"))
    return [(one.rule, one.says) for one in found if one.material == path.name]


@pytest.fixture(scope="module")
def films(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """One second each, as an editor and as an old camera write them."""
    folder = tmp_path_factory.mktemp("films")
    made = {}
    for name, options in (("a.mp4", ["-c:v", "libx264", "-c:a", "aac"]), ("b.wmv", ["-c:v", "wmv2"]),
                          ("c.mp4", ["-c:v", "mpeg4", "-c:a", "libmp3lame"])):  # fmt: skip
        made[name] = folder / name
        sources = ["-f", "lavfi", "-i", "testsrc2=s=64x48:r=25:d=1", "-f", "lavfi", "-i", "sine=d=1"]
        subprocess.run(["ffmpeg", "-nostdin", "-v", "error", *sources, *options, str(made[name])], check=True)
    return made


@pytest.mark.clause("C1")
def test_a_film_in_a_deck_that_may_not_play_elsewhere_is_advice_with_its_slide(
    tmp_path: Path, films: dict[str, Path]
) -> None:
    slides, path = Presentation(), tmp_path / "课件.pptx"
    for film in films.values():
        page = slides.slides.add_slide(slides.slide_layouts[6])
        page.shapes.add_movie(str(film), 0, 0, Inches(2), Inches(2), mime_type="video/mp4")
    slides.save(str(path))
    parts = probe(path)["films"]["parts"]
    assert sorted((film["format"], film.get("video"), film.get("audio")) for film in parts.values()) == [
        ("mp4", "H.264", "AAC"), ("mp4", "MPEG-4", "AAC"), ("wmv", None, None),
    ]  # fmt: skip
    ((rule, says),) = told(path, "slides")
    assert (rule, "第 2 页" in says, "WMV 格式" in says, "第 3 页" in says, "MPEG-4" in says, "第 1 页" in says) == (
        "slides-films", True, True, True, True, False,
    )  # fmt: skip


@pytest.mark.clause("E9")
def test_type_without_a_size_of_its_own_is_as_large_as_what_it_inherits(tmp_path: Path) -> None:
    slides, path = Presentation(), tmp_path / "a.pptx"
    page = slides.slides.add_slide(slides.slide_layouts[1])
    page.shapes.title.text = "分数的初步认识"  # the master says 44
    page.placeholders[1].text_frame.text = "把一个月饼平均分"  # the master says 32
    slides.save(str(path))
    inherited = probe(path)["small_pt"]
    fit = (
        page.placeholders[1]
        .text_frame._txBody.find(qn("a:bodyPr"))
        .makeelement(qn("a:normAutofit"), {"fontScale": "50000"})
    )
    page.placeholders[1].text_frame._txBody.find(qn("a:bodyPr")).append(fit)
    slides.save(str(path))
    assert (inherited, probe(path)["small_pt"]) == (32.0, 16.0)


@pytest.mark.clause("C2")
def test_the_source_of_a_map_is_read_over_two_lines_and_its_form_checked(tmp_path: Path) -> None:
    slides, path = Presentation(), tmp_path / "课件.pptx"
    page = slides.slides.add_slide(slides.slide_layouts[1])
    page.shapes.title.text = "看地图"
    page.placeholders[1].text_frame.text = "地图出自 地理（人民教育出版社，\n2024年版，第 8 页）"
    slides.save(str(path))
    assert probe(path)["credits"] == [{"place": 1, "text": "地图出自 地理（人民教育出版社，2024年版，第 8 页）"}]
    assert told(path, "slides") == []
    page.placeholders[1].text_frame.text = "地图出自网络"
    slides.save(str(path))
    assert told(path, "slides") == [
        ("slides-maps", "课件“课件.pptx”第 1 页的地图出处没有写明教材名、出版社、版本、页码")
    ]


@pytest.mark.parametrize(
    ("target", "kind", "rules"),
    [
        ("http://a.example.com/b.dotm", "attachedTemplate", ["outside"]),
        ("\\\\server\\share\\b.dotm", "attachedTemplate", ["outside"]),
        ("file:///C:\\Users\\a\\Normal.dotm", "attachedTemplate", []),
    ],
    ids=["web", "network", "own disk"],
)
@pytest.mark.fault("H10")
def test_a_template_far_away_is_told_and_one_on_the_authors_disk_is_not(
    tmp_path: Path, target: str, kind: str, rules: list[str]
) -> None:
    path = tmp_path / "a.docx"
    document = Document()
    for text in ("教学目标", "教学内容", "教学过程"):
        document.add_heading(text)
        document.add_paragraph("写得完整的一段话。")
    document.part._settings_part.rels.get_or_add_ext_rel(f"{_REL}/{kind}", target)
    document.save(str(path))
    assert [rule for rule, _ in told(path, "plan")] == rules


def test_a_linked_picture_and_object_are_told_and_a_copy_in_the_file_is_enough(make_docx) -> None:
    calls = (
        '<Relationships xmlns="r">'
        f'<Relationship Id="r1" Type="{_REL}/image" Target="D:\\图\\甲.png" TargetMode="External"/>'
        f'<Relationship Id="r2" Type="{_REL}/oleObject" Target="file:///D:/乙.xlsx" TargetMode="External"/>'
        f'<Relationship Id="r3" Type="{_REL}/hyperlink" Target="http://a.example.com" TargetMode="External"/></Relationships>'
    )
    only = '<w:p xmlns:r="r"><w:r><w:drawing><w:blip r:link="r1"/></w:drawing></w:r></w:p>'
    both = '<w:p xmlns:r="r"><w:r><w:drawing><w:blip r:link="r1" r:embed="r9"/></w:drawing></w:r></w:p>'
    found = probe(_named(make_docx(only, **{"_rels/document.xml.rels": calls})))["outside"]
    copied = probe(_named(make_docx(both, name="b.docx", **{"_rels/document.xml.rels": calls})))["outside"]
    thing = {"what": "object", "target": "乙.xlsx"}
    assert (found, copied) == ([{"what": "picture", "target": "甲.png"}, thing], [thing])


def _named(path: Path) -> Path:
    """The maker ends each part with `.xml`; a part of relations ends otherwise."""
    with zipfile.ZipFile(path) as archive:
        parts = {name.replace(".rels.xml", ".rels"): archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


@pytest.mark.clause("D1")
def test_a_workbook_is_fit_for_exercises_and_for_nothing_else(tmp_path: Path) -> None:
    path, book = tmp_path / "练习.xlsx", Workbook()
    book.active["A1"], book.active["A2"] = "口算：25+36", "扫码看答案"
    book.save(str(path))
    media = probe(path)
    assert (media["kind"], media["text_chars"], media["cut"]) == ("xlsx", 13, False)
    assert [rule for rule, _ in told(path, "exercises")] == ["advertising"]
    assert [rule for rule, _ in told(path, "plan")] == ["file-type", "advertising"]


@pytest.mark.clause("D2")
@pytest.mark.fault("H11")
def test_headings_as_pictures_or_named_in_a_sentence_go_to_a_person_and_a_plain_lack_does_not(tmp_path: Path) -> None:
    Image.new("RGB", (300, 30), "white").save(tmp_path / "标题.png")
    answers = {}
    for name in ("lack", "picture", "sentence", "large picture"):
        document, path = Document(), tmp_path / f"{name}.docx"
        for text in ("教学目标", "教学内容"):
            document.add_heading(text)
            document.add_paragraph("写得完整的一段话。")
        if "picture" in name:
            document.add_picture(str(tmp_path / "标题.png"), width=Cm(5), height=Cm(1 if name == "picture" else 5))
        if name == "sentence":
            document.add_paragraph(
                "下面写教学过程，先由一个故事引入，再请学生动手操作，然后比较几种做法，最后回顾小结并完成课堂练习。"
            )
        document.save(str(path))
        found = engine.check(with_media(complete(), "plan", probe(path), name=path.name), load("2024"))
        answers[name] = [(one.rule, one.outcome.value) for one in found if one.material == path.name]
    person, fail = [("plan-sections", "needs a person")], [("plan-sections", "fail")]
    assert answers == {"lack": fail, "picture": person, "sentence": person, "large picture": fail}


@pytest.mark.fault("H11")
def test_what_stands_in_a_header_is_not_the_body_and_an_empty_section_is_advice(tmp_path: Path, make_docx) -> None:
    body = "".join(
        (
            paragraph("一、教学目标"),
            paragraph("二、教学内容"),
            paragraph("分数的含义和写法"),
            cell("教学过程", "操作，比较"),
        )
    )
    path = make_docx(body, header1=f"<w:hdr xmlns:w='w'>{paragraph('教学反思')}</w:hdr>")
    media = probe(path)
    assert [one for one in media["headings"] if "反思" in one["text"]] == []
    assert told(path, "plan") == [("plan-sections", "“a.docx”的“教学目标”下面没有内容")]
