"""F3 and F4: kill -9 at every durable step of intake and of a decision, and again while recovering; the end is that
of an undisturbed run."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest

from appliance.catalog import lessons
from appliance.failpoint import FAILPOINTS
from appliance.model import LessonState
from appliance.station import Station
from tests import invariants, samples
from tests.conftest import make_station, run_lessonbox

KILLED = -9
INTAKE = [
    point
    for point in FAILPOINTS
    if point.split(".")[0] in ("store", "intake", "unpack", "identify", "answer", "look", "check", "journal")
]
LATER = [
    "store.renamed:4",
    "store.read-back:3",
    "look.saved:3",
    "check.before-commit:2",
    "journal.appended:2",
    "journal.appended:3",
]


@pytest.fixture(scope="module")
def stick(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two designs, one of them in a zip with GBK names as Windows makes it; a cut-off video; clutter."""
    place = tmp_path_factory.mktemp("stick") / "示例U盘"
    first = samples.lay("design_only", place)
    pack(first, place / "示例第三小学/三年级数学《圆的认识》教师子.zip")
    (first / "微课视频.mp4").write_bytes(
        b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isommp42\x00\x10\x00\x00mdat" + b"x" * 5000
    )
    (place / "autorun.inf").write_text("[autorun]")
    return place


def pack(lesson: Path, target: Path) -> None:
    target.parent.mkdir(parents=True)
    with zipfile.ZipFile(target, "w") as archive:
        for path in sorted(lesson.rglob("*.*")):
            name = f"{target.stem}/{path.relative_to(lesson)}".encode("gb18030").decode("cp437")
            archive.writestr(zipfile.ZipInfo(name), path.read_bytes())


@pytest.fixture(scope="module")
def undisturbed(stick: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    station = plugged(tmp_path_factory.mktemp("undisturbed"), stick)
    assert run_lessonbox("watch", "--once", "--home", station.home).returncode == 0
    state = invariants.end_state(station)
    assert len(state["lessons"]) == 2 and {row["state"] for row in state["deliveries"]} == {"checked"}
    return state


def plugged(place: Path, stick: Path) -> Station:
    station = make_station(place / "county")
    shutil.copytree(stick, station.folder("drops/usb") / stick.name)
    return station


@pytest.mark.parametrize("point", [*INTAKE, *LATER])
@pytest.mark.fault("F3")
def test_intake_killed_anywhere_ends_as_if_nothing_had_happened(
    point: str, stick: Path, undisturbed: dict[str, Any], tmp_path: Path
) -> None:
    station = plugged(tmp_path, stick)
    before = invariants.tree(stick)
    assert run_lessonbox("watch", "--once", "--home", station.home, failpoint=point).returncode == KILLED
    assert run_lessonbox("watch", "--once", "--home", station.home).returncode == 0
    assert invariants.end_state(station) == undisturbed
    invariants.check(station, station.folder("drops/usb") / stick.name, before)


@pytest.mark.parametrize("again", ["store.renamed", "intake.before-commit", "check.before-commit"])
@pytest.mark.fault("F4")
def test_killed_again_while_recovering_it_still_ends_well(
    again: str, stick: Path, undisturbed: dict[str, Any], tmp_path: Path
) -> None:
    station = plugged(tmp_path, stick)
    run_lessonbox("watch", "--once", "--home", station.home, failpoint="store.synced:2")
    assert run_lessonbox("watch", "--once", "--home", station.home, failpoint=again).returncode == KILLED
    assert run_lessonbox("watch", "--once", "--home", station.home).returncode == 0
    assert invariants.end_state(station) == undisturbed


@pytest.mark.parametrize("point, state", [("decide.before-commit", "submitted"), ("decide.committed", "trial")])
@pytest.mark.fault("F3")
def test_a_decision_cut_off_either_was_made_or_was_not(point: str, state: str, stick: Path, tmp_path: Path) -> None:
    station = plugged(tmp_path, stick)
    run_lessonbox("watch", "--once", "--home", station.home)
    catalog = station.catalog()
    with catalog.writing() as db:
        lessons.set_state(db, 1, LessonState.SUBMITTED)
    words = ("decide", 1, "screen", "--by", "经办甲", "--home", station.home)
    assert run_lessonbox(*words, failpoint=point).returncode == KILLED
    assert lessons.by_no(catalog.db, 1).state == state
    run_lessonbox(*words)
    assert lessons.by_no(catalog.db, 1).state == LessonState.TRIAL
    invariants.check(station)
