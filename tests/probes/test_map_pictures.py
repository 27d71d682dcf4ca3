"""Pictures in decks that look like maps: read by the real reader, in new and old decks."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from appliance.probes.parent import look
from appliance.probes.slides.place_names import is_key, names_of
from tests.samples import deck_maker
from tests.samples.maps import map_picture, table_picture
from tests.samples.materials import papers

pytestmark = pytest.mark.clause("C2")


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("·乌鲁木齐", ["乌鲁木齐"]),
        ("西宁.兰州", ["西宁", "兰州"]),
        ("内蒙古自治区", ["内蒙古"]),
        ("印度洋", ["印度洋"]),
        ("北京的春天", []),
        ("1250 毫米", []),
    ],
    ids=["a dot", "two", "with its rank", "not 印度", "a text", "a number"],
)
def test_a_line_that_says_nothing_else_names_places(line: str, names: list[str]) -> None:
    assert names_of(line) == names


def test_a_scale_and_a_legend_are_the_key_of_a_map() -> None:
    assert [is_key(line) for line in ("图例", "比例尺 1:4 000 000", "1：25000", "1:3", "例题")] == [
        True, True, True, False, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("picture", "least", "key"),
    [
        (map_picture(), 8, True),
        (map_picture((2400, 1700), letters=40), 8, True),
        (map_picture((640, 460), letters=13, key=False), 8, False),
        (map_picture(names=0, key=False), 0, False),
        (table_picture(), 0, False),
    ],
    ids=["map", "large", "small letters", "without names", "table of towns"],
)
def test_names_that_stand_about_are_told_and_a_table_is_no_map(
    tmp_path: Path, picture: Image.Image, least: int, key: bool
) -> None:
    papers.deck_of(picture)(tmp_path / "课件.pptx")
    answer = look("map_pictures", tmp_path / "课件.pptx")
    assert (answer["seen"], answer["of"], len(answer["maps"])) == (1, 1, 1 if least else 0)
    for one in answer["maps"]:
        assert (one["places"], one["key"], len(one["names"]) >= least) == ([{"at": 1}], key, True)


def test_a_map_in_an_old_deck_is_found_on_its_page(tmp_path: Path) -> None:
    picture, path = BytesIO(), tmp_path / "课件.ppt"
    map_picture().save(picture, "PNG")
    path.write_bytes(deck_maker.deck([["第一页"], ["第二页"]], pictures={2: picture.getvalue()}))
    answer = look("map_pictures", path)
    assert [(one["places"], one["key"]) for one in answer["maps"]] == [([{"at": 2}], True)]
