"""The first answer comes before any film is decoded and settles nothing; a stop or a kill costs one look."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from appliance import pipeline
from appliance.catalog import Catalog, checks, deliveries, lessons, mending, under_way
from appliance.intake.parcel import Parcel
from appliance.intake.receive import receive
from appliance.model import Turn
from appliance.reports.delivery import delivery_view
from appliance.reports.slip import slip
from appliance.station import Station
from tests.conftest import run_lessonbox
from tests.intake.conftest import Files, lay

HandIn = Callable[[Files], int]
LESSON = "示例一小/三年级数学《分数的初步认识》教师甲/"
LATE = {"opening", "sound"}


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Six seconds of sound without a picture: that there is none the container tells, how it sounds a look does."""
    path = tmp_path_factory.mktemp("film") / "a.mp4"
    source = ["-f", "lavfi", "-i", "sine=440:d=6", "-c:a", "aac", str(path)]
    subprocess.run(["ffmpeg", "-nostdin", "-v", "error", *source], check=True)
    return path.read_bytes()


@pytest.fixture
def answered(station: Station, catalog: Catalog, hand_in: HandIn, film: bytes) -> int:
    """A delivery with a film, whose first answer is there."""
    no = hand_in({LESSON + "教学设计.txt": b"plan", LESSON + "微课视频.mp4": film})
    while pipeline.run_once(station, catalog, stages=pipeline.TO_THE_ANSWER):
        continue
    return no


def state(catalog: Catalog, no: int) -> str:
    return str(deliveries.row(catalog.db, no)["state"])


def rules(catalog: Catalog, turn: Turn) -> set[str]:
    run = checks.latest(catalog.db, 1, turn)
    return {finding.rule for finding in run["findings"]} if run else set()


def film_looks(catalog: Catalog) -> set[str]:
    (material,) = [one for one in lessons.by_no(catalog.db, 1).materials if one.role == "video"]
    return {name for name in LATE if name in material.media}


def test_the_first_answer_tells_what_is_certain_and_settles_nothing(
    station: Station, catalog: Catalog, answered: int
) -> None:
    lesson = lessons.by_no(catalog.db, 1)
    assert (state(catalog, answered), lesson.verdict, lesson.state, film_looks(catalog)) == (
        "answered", None, "submitted", set(),
    )  # fmt: skip
    assert {"video-codec", "video-sound"} & rules(catalog, Turn.FIRST) == {"video-codec"}
    assert checks.latest(catalog.db, 1, Turn.FULL) is None
    pipeline.drain(station, catalog, answered)
    lesson = lessons.by_no(catalog.db, 1)
    assert (state(catalog, answered), lesson.verdict, lesson.state) == ("checked", "return", "returned")
    assert {"video-codec", "video-sound"} <= rules(catalog, Turn.FULL)
    assert film_looks(catalog) == LATE


def test_the_slip_of_the_first_answer_says_that_it_is_one(station: Station, catalog: Catalog, answered: int) -> None:
    first = slip(delivery_view(catalog.db, answered, station.edition()))
    pipeline.drain(station, catalog, answered)
    full = slip(delivery_view(catalog.db, answered, station.edition()))
    assert ["画面和声音还在检查" in each for each in (first, full)] == [True, False]
    assert ["退回补正（初步检查）" in each for each in (first, full)] == [True, False]


def test_a_full_check_under_way_does_not_delay_the_next_first_answer(
    station: Station, catalog: Catalog, answered: int, tmp_path: Path
) -> None:
    """Between two looks at the film another stick comes, and is answered by the other worker."""
    other = station.catalog()
    numbers: list[int] = []

    def meanwhile() -> bool:
        if not numbers:
            stick = lay(tmp_path / "other", {"示例二小/《周长》教师乙/教学设计.txt": b"other plan"})
            numbers.append(receive(station, other, Parcel("usb", "U 盘", stick)))
            while pipeline.run_once(station, other, stages=pipeline.TO_THE_ANSWER):
                continue
            assert (state(other, numbers[0]), state(other, answered)) == ("answered", "answered")
        return False

    assert pipeline.run_once(station, catalog, stages=pipeline.FULL, stopping=meanwhile)
    assert (state(catalog, answered), state(catalog, numbers[0])) == ("checked", "answered")


def test_a_stop_is_heard_between_two_looks_and_gives_the_delivery_back(
    station: Station, catalog: Catalog, answered: int
) -> None:
    asked: list[bool] = []

    def at_the_third() -> bool:
        asked.append(len(asked) >= 2)
        return asked[-1]

    pipeline.run_once(station, catalog, stages=pipeline.FULL, stopping=at_the_third)
    row = deliveries.row(catalog.db, answered)
    assert (row["state"], row["claimed_by"], row["attempts"], row["error"]) == ("answered", "", 0, "")
    assert film_looks(catalog) == {"opening"}
    pipeline.drain(station, catalog, answered)
    assert (state(catalog, answered), film_looks(catalog)) == ("checked", LATE)


def test_a_kill_costs_one_look(station: Station, catalog: Catalog, answered: int) -> None:
    assert run_lessonbox("watch", "--once", "--home", station.home, failpoint="look.saved:2").returncode == -9
    assert len(film_looks(catalog)) >= 1
    share = catalog.db.execute("select max(share) from media where share < 1").fetchone()[0]
    assert 0 < share < 1
    assert run_lessonbox("watch", "--once", "--home", station.home).returncode == 0
    assert (state(catalog, answered), film_looks(catalog)) == ("checked", LATE)


def test_what_could_not_be_looked_at_is_tried_again_by_the_next_check_only(
    station: Station, catalog: Catalog, answered: int
) -> None:
    pipeline.drain(station, catalog, answered)
    (material,) = [one for one in lessons.by_no(catalog.db, 1).materials if one.role == "video"]
    versions = catalog.db.execute("select tools from media where sha256 = ?", [material.sha256]).fetchone()[0]
    blind = {**material.media, "sound": {"undetermined": "检查用时太长，已经停下"}}
    with catalog.writing() as db:
        checks.save_media(db, material.sha256, blind, json.loads(versions))
        mending.queue_check(db, 1)
    pipeline.run_once(station, catalog)
    assert film_looks(catalog) == set()  # nor could the picture be seen, which is not there
    pipeline.drain(station, catalog, answered)
    assert lessons.by_no(catalog.db, 1).materials[-1].media.get("sound", {}).get("undetermined") is None


def test_how_long_it_will_take_is_told_from_the_speed_of_the_films_before(
    station: Station, catalog: Catalog, answered: int
) -> None:
    with catalog.writing() as db:
        under_way.remember(db, 0.5, 600.0)
        under_way.remember(db, 9.0, 2.0)  # too short to tell
    way = under_way.under_way(catalog.db)[answered]
    assert (way.films, way.done, round(way.seconds, 1)) == (1, 0, 3.0)
    pipeline.drain(station, catalog, answered)
    assert under_way.under_way(catalog.db) == {}
