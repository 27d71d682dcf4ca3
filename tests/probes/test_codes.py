"""QR codes in the pictures of decks and documents and on the pages of a PDF; huge and broken pictures harm nothing."""

from __future__ import annotations

import functools
import io
import random
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import segno
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pptx import Presentation
from pptx.util import Inches

from appliance.probes import probe
from appliance.probes.documents import codes
from tests.samples import deck_maker, ole_maker

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
    made.add_heading("一、教学目标")
    made.add_picture(poster())
    made.save(str(path))


def pdf(path: Path) -> None:
    blank = Image.new("RGB", (900, 600), "white")
    blank.save(path, save_all=True, append_images=[Image.open(poster())])


def png() -> bytes:
    out = io.BytesIO()
    segno.make(AD).save(out, kind="png", scale=5)
    return out.getvalue()


@functools.cache
def _old_deck() -> bytes:
    return deck_maker.deck([["第一页"], ["第二页"]], pictures={2: png()})


def old_deck(path: Path) -> None:
    path.write_bytes(_old_deck())


@pytest.mark.parametrize(
    ("name", "make", "place"),
    [
        ("a.pptx", deck, {"at": 3}), ("a.docx", document, {"at": 1, "under": "一、教学目标"}), ("a.pdf", pdf, {"at": 2}),
        ("a.ppt", old_deck, {"at": 2}),
    ],
    ids=["pptx", "docx", "pdf", "ppt"],
)  # fmt: skip
def test_a_code_is_found_with_its_place(
    tmp_path: Path, name: str, make: Callable[[Path], None], place: dict[str, Any]
) -> None:
    make(tmp_path / name)
    assert probe(tmp_path / name)["codes"]["codes"] == [{"text": AD, "places": [place]}]


def test_a_code_in_an_old_document_is_found_without_a_place(tmp_path: Path) -> None:
    image = png()
    blip = struct.pack("<HHI", 0x6E0 << 4, 0xF01E, 17 + len(image)) + b"\7" * 17 + image
    streams = {"Data": b"\x44" * 68 + blip, "WordDocument": b"\xec\xa5", "1Table": b""}
    (tmp_path / "a.doc").write_bytes(ole_maker.ole(streams))
    with (tmp_path / "a.doc").open("rb") as file:
        assert codes.look(file, 0) == {"codes": [{"text": AD, "places": []}], "seen": 1, "of": 1}


def test_every_place_of_a_code_is_told(tmp_path: Path) -> None:
    made, picture = Document(), poster()
    made.sections[0].header.paragraphs[0].add_run().add_picture(poster())
    for heading in ("教学目标", "教学过程"):
        made.add_heading(heading)
        made.add_paragraph("写一写").add_run().add_picture(picture)
    made.save(str(tmp_path / "a.docx"))
    deck_ = Presentation()
    for _ in range(3):
        deck_.slides.add_slide(deck_.slide_layouts[6]).shapes.add_picture(picture, 0, 0)
    deck_.save(str(tmp_path / "a.pptx"))
    found = {name: probe(tmp_path / name)["codes"]["codes"][0]["places"] for name in ("a.docx", "a.pptx")}
    assert found["a.docx"] == [
        {"at": 2, "under": "教学目标"}, {"at": 4, "under": "教学过程"}, {"where": "页眉"},
    ]  # fmt: skip
    assert found["a.pptx"] == [{"at": 1}, {"at": 2}, {"at": 3}]


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32), share=st.floats(0.0001, 0.05), old=st.booleans())
def test_no_bytes_of_an_old_file_make_the_look_break(seed: int, share: float, old: bool) -> None:
    chance, whole = (
        random.Random(seed),
        _old_deck() if old else b"\xd0\xcf\x11\xe0" + random.Random(seed).randbytes(900),
    )
    harmed = bytearray(whole)
    for _ in range(max(1, int(len(harmed) * share))):
        harmed[chance.randrange(4, len(harmed))] = chance.randrange(256)
    seen = codes.look(io.BytesIO(bytes(harmed)), len(harmed))
    assert "undetermined" in seen or seen["seen"] <= seen["of"]


def test_broken_and_huge_pictures_are_passed_over(tmp_path: Path) -> None:
    document(tmp_path / "a.docx")
    huge = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(huge, "PNG")
    with zipfile.ZipFile(tmp_path / "a.docx", "a") as archive:
        archive.writestr("word/media/broken.png", b"\x89PNG\r\n\x1a\nbroken")
        archive.writestr("word/media/huge.png", huge.getvalue())
    seen = probe(tmp_path / "a.docx")["codes"]
    assert ([one["text"] for one in seen["codes"]], seen["seen"], seen["of"]) == ([AD], 1, 3)
