"""From HTML to dots to bytes and back: nothing gets lost between, nothing is fetched."""

from __future__ import annotations

import pytest
import zxingcpp
from PIL import Image, ImageChops

from appliance.printing import escpos
from appliance.printing.picture import pictures
from appliance.reports.slip import slip
from tests.printing.paper import papers
from tests.reports.test_slip import a_delivery, a_lesson

DOTS = 576  # 72 mm at 8 dots a millimetre


@pytest.fixture(scope="module")
def printed() -> Image.Image:
    (picture,) = pictures(slip(a_delivery(), "80"))
    return picture


def test_a_slip_is_as_wide_as_the_paper_prints_and_as_long_as_what_it_says(printed):
    (longer,) = pictures(slip(a_delivery(lessons=[a_lesson(), a_lesson("圆的面积")]), "80"))
    assert (printed.width, longer.width) == (DOTS, DOTS)
    assert 800 < printed.height < longer.height < 3000
    assert printed.crop((0, printed.height - 20, DOTS, printed.height)).getextrema() == (
        255,
        255,
    )  # white: a tail to tear at


def test_what_the_printer_takes_is_dot_for_dot_the_picture(printed):
    (paper,) = papers(b"".join(escpos.commands(printed)))
    assert ImageChops.difference(paper.convert("L"), printed.convert("L")).getbbox() is None


def test_a_phone_reads_the_receipt_number_from_the_paper(printed):
    (paper,) = papers(b"".join(escpos.commands(printed)))
    assert [code.text for code in zxingcpp.read_barcodes(paper.convert("L"))] == ["110101-00012"]


@pytest.mark.parametrize("character", ["㛃", "䶮", "𬱖", "𫖮"])
def test_rare_characters_of_names_are_drawn_and_are_no_empty_boxes(character):
    """Two characters without a glyph look alike; these look unlike each other and unlike one that has none."""
    shapes = [
        pictures(f"<p style='font-size:60pt'>{each}</p>")[0].tobytes() for each in (character, "\U0005fffd", "教")
    ]
    assert len(set(shapes)) == 3


def test_a_paper_longer_than_two_metres_goes_on_on_the_next():
    found = pictures("".join(f"<p style='font-size:30pt'>{n}</p>" for n in range(120)))
    assert len(found) > 1
    assert len(papers(b"".join(b"".join(escpos.commands(one)) for one in found))) == len(found)


def test_a_paper_fetches_nothing(tmp_path):
    secret = tmp_path / "secret.png"
    Image.new("L", (400, 400), 0).save(secret)
    (plain,), (asking,) = (
        pictures("<p>字</p>"),
        pictures(f"<p>字</p><img src='{secret.as_uri()}'><link rel=stylesheet href='http://127.0.0.1:9/x'>"),
    )
    assert asking.histogram()[0] - plain.histogram()[0] < 400  # at most the sign of a picture that is not there
