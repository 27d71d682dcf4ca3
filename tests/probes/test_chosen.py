"""Which pictures of a film are chosen for reading, and which part of them."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from appliance.probes.film.chosen import Chosen, Spared, understood
from appliance.probes.film.distinct import Distinct
from appliance.probes.film.reel import Picture
from tests.samples import pictures

SIZE = (960, 540)


def slide(*lines: tuple[int, str], teacher: int = 0) -> Image.Image:
    """`lines`: how far down, and what stands there. `teacher`: how far to the right somebody stands."""
    image = Image.new("L", SIZE, 240)
    draw = ImageDraw.Draw(image)
    for top, text in lines:
        draw.text((60, top), text, font=pictures.font(24), fill=30)
    if teacher:
        draw.rounded_rectangle((teacher, 260, teacher + 160, 600), radius=40, fill=90)
    return image


def chosen(*images: Image.Image) -> list[tuple[int, tuple[int, int, int, int]]]:
    """Number and box of those that are to be read."""
    distinct = Distinct()
    for number, image in enumerate(images):
        grey = np.asarray(image)
        distinct.see(Picture(2.0 * number, grey, np.full((SIZE[1], SIZE[0] // 2), 128, np.uint8)))
    return [(row["number"], tuple(row["box"])) for row in distinct.answer()["distinct"]["chosen"]]


@pytest.mark.clause("G7")
def test_of_a_slide_that_gains_a_line_only_this_line_is_read() -> None:
    first, second = (40, "三分之一"), (440, "咨询 13800000000")
    (_, whole), (number, line) = chosen(slide(first), slide(first), slide(first, second))
    assert (number, whole[1] < 40 < whole[3] < 200) == (2, True)
    assert (300 < line[1] < 440, line[3] > 460, line[2] - line[0] < 480) == (True, True, True)


def test_a_teacher_who_walks_before_a_slide_is_nothing_to_read() -> None:
    line = (40, "三分之一")
    assert [number for number, _ in chosen(*(slide(line, teacher=300 + 40 * step) for step in range(8)))] == [0]


def test_a_slide_that_comes_back_is_not_read_again() -> None:
    one, other = slide((40, "三分之一")), slide((240, "比一比，说一说"))
    assert [number for number, _ in chosen(one, other, one, other)] == [0, 1]


def test_an_empty_picture_is_not_read_and_is_no_reason_to_stop() -> None:
    assert chosen(slide(), slide(teacher=400)) == []


def test_of_too_many_pictures_the_dearest_are_left_out() -> None:
    spared = Spared()
    for number in range(30):
        spared.add(Chosen(number, float(number), (0, 0, 960, 540) if number % 2 else (0, 0, 200, 100)))
    assert spared.count == 30
    assert [one.number for one in spared.kept if not one.number % 2] == list(range(0, 30, 2))
    assert 11 <= sum(one.effort for one in spared.kept) <= 12


@pytest.mark.parametrize(
    "rows",
    [
        [{"number": -1, "at": 0.0, "box": [0, 0, 9, 9]}], [{"number": 0, "at": 0.0, "box": [9, 0, 9, 9]}],
        [{"number": 0, "at": 0.0, "box": [0, 0, 9, 9999]}], [{"number": 0, "at": "0", "box": [0, 0, 9, 9]}],
        [{"number": 10**9, "at": 0.0, "box": [0, 0, 9, 9]}], [{"number": 0, "at": float("nan"), "box": [0, 0, 9, 9]}], ["0"], {},
        [{"number": 0, "at": 0.0, "box": [0, 0, 9, 9]}] * 2,
    ],
    ids=["before the first", "empty", "outside", "a word", "beyond the last", "no time", "no row", "no rows", "twice"],
)  # fmt: skip
def test_chosen_pictures_that_cannot_be_are_not_believed(rows: object) -> None:
    assert understood({"whole": False, "distinct": {"chosen": rows, "of": 1}}) is None
