from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from appliance import heartbeat
from appliance.catalog import Catalog
from appliance.station import Station
from tests import invariants
from tests.conftest import answer, run_lessonbox
from tests.intake.conftest import lay, shown

LESSON = "示例一小/三年级数学《分数的初步认识》教师甲/"


@pytest.fixture
def watcher(station: Station) -> Iterator[subprocess.Popen]:
    words = [sys.executable, "-m", "appliance.cli", "watch", "--home", str(station.home)]
    process = subprocess.Popen(words)
    wait_for(lambda: heartbeat.read(station.folder("run"))["watch"]["alive"])
    yield process
    if process.poll() is None:
        process.kill()
    process.wait()


def wait_for(condition: Callable[[], bool], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)


def test_a_stick_is_received_and_checked_while_watching_and_the_end_is_clean(
    station: Station, catalog: Catalog, watcher: subprocess.Popen, tmp_path: Path
) -> None:
    stick = lay(tmp_path / "张老师", {LESSON + "教学设计.txt": b"plan"})
    before = invariants.tree(stick)
    shutil.copytree(stick, station.folder("drops/usb") / "张老师")
    wait_for(lambda: [row["state"] for row in catalog.db.query("select state from delivery")] == ["checked"])
    wait_for(lambda: shown(catalog) == [("张老师", "done", "已收，第 360731-00001 号", 1)])
    invariants.bounded(watcher.pid)
    watcher.send_signal(signal.SIGTERM)
    assert watcher.wait(15) == 0
    invariants.check(station, station.folder("drops/usb") / "张老师", before)


def test_intake_by_hand_answers_with_the_delivery_and_names_what_was_left_out(station: Station, tmp_path: Path) -> None:
    stick = lay(tmp_path / "stick", {LESSON + "教学设计.txt": b"plan", "Thumbs.db": b"t"})
    (delivery,) = answer("intake", stick, "--home", station.home)["deliveries"]
    assert (delivery["no"], delivery["drop"], delivery["receipt"]) == (1, 1, "360731-00001")
    assert {entry["name"]: entry["fate"] for entry in delivery["entries"]} == {
        LESSON + "教学设计.txt": "stored",
        "Thumbs.db": "ignored",
    }
    (lesson,) = delivery["lessons"]
    assert (lesson["no"], lesson["revision"], lesson["title"]) == (1, 1, "分数的初步认识")
    assert answer("delivery", 1, "--home", station.home) == delivery
    (row,) = answer("deliveries", "--home", station.home)["deliveries"]
    assert (row["no"], row["state"], row["files"], row["ignored"], row["lessons"]) == (1, "checked", 1, 1, 1)


def test_intake_of_a_lesson_folder_reads_the_lesson_from_its_name(station: Station, tmp_path: Path) -> None:
    stick = lay(tmp_path, {LESSON + "教学设计.txt": b"plan"})
    (delivery,) = answer("intake", stick / LESSON, "--home", station.home)["deliveries"]
    assert [lesson["title"] for lesson in delivery["lessons"]] == ["分数的初步认识"]


def test_intake_of_a_school_folder_item_knows_the_school(station: Station, tmp_path: Path) -> None:
    stick = lay(tmp_path, {LESSON + "教学设计.txt": b"plan"})
    (delivery,) = answer("intake", stick / LESSON, "--kind", "lan", "--home", station.home)["deliveries"]
    assert (delivery["kind"], delivery["school"]) == ("lan", "示例一小")


def test_intake_of_nothing_is_wrong_use(station: Station, tmp_path: Path) -> None:
    assert run_lessonbox("intake", tmp_path / "nowhere", "--home", station.home).returncode == 2


def test_a_delivery_that_is_not_there_is_said_with_its_exit_code(station: Station) -> None:
    done = run_lessonbox("delivery", 9, "--home", station.home)
    assert (done.returncode, done.stderr.startswith("没有第 9 号投递")) == (11, True)


def test_watching_once_answers_with_what_it_took(station: Station, tmp_path: Path) -> None:
    assert answer("watch", "--once", "--home", station.home) == {"deliveries": []}
    shutil.copytree(
        lay(tmp_path / "张老师", {LESSON + "教学设计.txt": b"plan"}), station.folder("drops/usb") / "张老师"
    )
    (delivery,) = answer("watch", "--once", "--home", station.home)["deliveries"]
    assert (delivery["no"], delivery["state"], len(delivery["lessons"])) == (1, "checked", 1)
