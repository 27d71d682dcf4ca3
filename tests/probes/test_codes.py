"""QR codes in the pictures of decks and documents and on the pages of a PDF; huge and broken pictures harm nothing."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import segno
from docx import Document
from PIL import Image
from pptx import Presentation
from pptx.util import Inches

from appliance.probes import probe

AD = "https://ads.example.com/join"
pytestmark = pytest.mark.clause("G7")


def poster(text: str = AD) -> io.BytesIO:
    """A picture with a code in its corner."""
    code, page = io.BytesIO(), Image.new("RGB", (900, 600), "#dde")
    segno.make(text).save(code, kind="png", scale=5)
    page.paste(Image.open(code).convert("RGB"), (620, 360))
    out = io.BytesIO()
    page.save(out, "JPEG", quality=80)
    out.seek(0)
    return out


def deck(path: Path) -> None:
    made = Presentation()
    for number in range(3):
        slide = made.slides.add_slide(made.slide_layouts[6])
        if number == 2:
            slide.shapes.add_picture(poster(), Inches(1), Inches(1))
    made.save(str(path))


def document(path: Path) -> None:
    made = Document()
    made.add_paragraph("教学目标")
    made.add_picture(poster())
    made.save(str(path))


def pdf(path: Path) -> None:
    blank = Image.new("RGB", (900, 600), "white")
    blank.save(path, save_all=True, append_images=[Image.open(poster())])


@pytest.mark.parametrize(
    ("name", "make", "place"),
    [("a.pptx", deck, 3), ("a.docx", document, 0), ("a.pdf", pdf, 2)],
    ids=["pptx", "docx", "pdf"],
)
def test_a_code_is_found_with_its_place(tmp_path: Path, name: str, make: Callable[[Path], None], place: int) -> None:
    make(tmp_path / name)
    assert probe(tmp_path / name)["codes"]["codes"] == [{"text": AD, "place": place}]


def test_broken_and_huge_pictures_are_passed_over(tmp_path: Path) -> None:
    document(tmp_path / "a.docx")
    huge = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(huge, "PNG")
    with zipfile.ZipFile(tmp_path / "a.docx", "a") as archive:
        archive.writestr("word/media/broken.png", b"\x89PNG\r\n\x1a\nbroken")
        archive.writestr("word/media/huge.png", huge.getvalue())
    seen = probe(tmp_path / "a.docx")["codes"]
    assert ([one["text"] for one in seen["codes"]], seen["seen"], seen["of"]) == ([AD], 1, 3)
