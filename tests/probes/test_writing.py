"""Drawn sheets of pupils: turned, mirrored, dim, blank; and images that claim more than they are."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image, ImageDraw, ImageOps

from appliance.model import Material
from appliance.probes import parent
from appliance.rules import engine
from appliance.rules.load import load
from tests.rules.samples import complete, plus, without
from tests.samples import pictures


def look(path: Path) -> dict[str, Any]:
    return parent.look("writing", path)


def told(*paths: Path) -> list[str]:
    """What the edition says of these sheets: file names stand for themselves."""
    sheets = [
        Material("pupil_work", 1, path.name, path.name, 9000, {"kind": "image", "type": "png", "writing": look(path)})
        for path in paths
    ]
    facts = plus(without(complete("experiment"), "pupil_work"), *sheets)
    return [one.says for one in engine.check(facts, load("2024")) if one.rule == "pupil-work-written"]


@pytest.fixture
def pages(tmp_path: Path) -> list[Path]:
    """Three pupils filled in one form."""
    for number in range(3):
        pictures.pupil_page("摆的快慢", number, tmp_path / f"{number}.png")
    return [tmp_path / f"{number}.png" for number in range(3)]


@pytest.mark.clause("E12")
def test_sheets_of_three_pupils_are_three_and_a_blank_one_is_told(pages: list[Path], tmp_path: Path) -> None:
    blank = tmp_path / "blank.jpg"
    Image.new("RGB", pictures.A4_AT_150_DPI, "#f4f3ea").save(blank)
    assert told(*pages) == []
    assert told(*pages, blank) == ["“blank.jpg”上几乎没有字"]


TURNS: dict[str, Callable[[Image.Image], Image.Image]] = {
    "on its head": lambda page: page.rotate(180),
    "sideways": lambda page: page.rotate(90, expand=True),
    "mirrored": ImageOps.mirror,
    "smaller": lambda page: page.resize((900, 1273)),
    "dim": lambda page: page.point(lambda value: int(value * 0.6)),
}


@pytest.mark.clause("E12")
@pytest.mark.parametrize("turn", TURNS)
def test_one_sheet_twice_is_told_whichever_way_it_lay(pages: list[Path], tmp_path: Path, turn: str) -> None:
    again = tmp_path / "again.jpg"
    with Image.open(pages[0]) as page:
        TURNS[turn](page.convert("RGB")).save(again, quality=70)
    assert told(*pages, again) == ["“0.png”和“again.jpg”看来是同一张"]


@pytest.mark.clause("E12")
@pytest.mark.parametrize("how", ["pictures on one page", "one wide picture"])
def test_sheets_beside_each_other_on_one_page_of_a_pdf_are_told_apart(
    pages: list[Path], tmp_path: Path, how: str
) -> None:
    first, second = (Image.open(page).convert("RGB").resize((620, 877)) for page in pages[:2])
    path = tmp_path / "a.pdf"
    if how == "one wide picture":
        sheet = Image.new("RGB", (3 * 620, 877), "white")
        for number, one in enumerate((first, second, first)):
            sheet.paste(one, (620 * number, 0))
        sheet.save(path)
    else:
        path.write_bytes(pictured(first, second, first))
    media = {"kind": "pdf", "type": "pdf", "writing": look(path)}
    facts = plus(without(complete("experiment"), "pupil_work"), Material("pupil_work", 1, "a.pdf", "a", 9000, media))
    said = [one.says for one in engine.check(facts, load("2024")) if one.rule == "pupil-work-written"]
    assert (len(media["writing"]["pages"]), said) == (3, ["“a.pdf第 1 张”和“a.pdf第 3 张”看来是同一张"])


def pictured(*pictures_: Image.Image) -> bytes:
    """A PDF of one page with these pictures beside each other."""
    document, out = pypdfium2.PdfDocument.new(), io.BytesIO()
    page = document.new_page(800, 400)
    for number, one in enumerate(pictures_):
        image = pypdfium2.PdfImage.new(document)
        image.set_bitmap(pypdfium2.PdfBitmap.from_pil(one))
        image.set_matrix(pypdfium2.PdfMatrix().scale(240, 340).translate(15 + 260 * number, 30))
        page.insert_obj(image)
    page.gen_content()
    document.save(out)
    return out.getvalue()


@pytest.mark.clause("E12")
def test_a_form_that_nobody_filled_in_is_told(tmp_path: Path) -> None:
    form = Image.new("L", pictures.A4_AT_150_DPI, 250)
    draw = ImageDraw.Draw(form)
    draw.rectangle((60, 60, 1180, 1694), outline=20, width=4)
    for line in range(12):
        draw.text(
            (100, 120 + 130 * line), f"{line + 1}. 我的观察记录：________________", font=pictures.font(40), fill=20
        )
    form.save(tmp_path / "empty.png")
    for line in range(12):
        draw.text((520, 110 + 130 * line), "摆长越长，摆得越慢", font=pictures.font(36), fill=60)
    form.save(tmp_path / "filled.png")
    assert told(tmp_path / "empty.png", tmp_path / "filled.png") == [
        "“empty.png”看来没有填写，“filled.png”上的字比它多"
    ]


def png(width: int, height: int, rows: bytes) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


HOSTILE = {
    "16,000 by 16,000 claimed": (png(16_000, 16_000, b"\0" * 100), "图片太大，有 25600 万像素"),
    "no image": (b"\xff\xd8\xff" + bytes(1000), None),
    "cut off": (png(2000, 2000, b"\0" * 100), None),
    "HEIC": (b"\0\0\0\x18ftypheic" + bytes(500), "这种图片盒子看不了，请存成 JPG 或 PNG"),
    "a broken PDF": (b"%PDF-1.7\n" + bytes(500), "图片解不出来"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_an_image_that_cannot_be_read_is_undetermined(tmp_path: Path, what: str) -> None:
    data, why = HOSTILE[what]
    (tmp_path / "a.png").write_bytes(data)
    said = look(tmp_path / "a.png").get("undetermined")
    assert said is not None and said == (why or said)


def test_one_pixel_is_a_page_without_writing(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(png(1, 1, b"\0\0"))
    (page,) = look(tmp_path / "a.png")["pages"]
    assert page["marks"] == 0
