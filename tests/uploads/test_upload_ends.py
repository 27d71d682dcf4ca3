"""What becomes of hand-ins that rest, that a power cut stopped, and of what they leave behind."""

from __future__ import annotations

import pytest

from appliance.catalog import deliveries
from appliance.intake.drops import browser
from appliance.intake.uploads import hand_over, sweep
from tests import invariants
from tests.conftest import run_lessonbox
from tests.uploads.conftest import PATH


def test_an_upload_that_rests_for_days_is_given_up_and_a_whole_file_is_not(school, station) -> None:
    school.send("whole.txt", b"plan")
    half = school.begin("half.mp4", 8)
    school.append(half, 0, b"plan")
    hours = station.settings.upload_hours * 3600
    assert sweep.give_up(station, school.catalog, hours - 1) == 0
    school.append(half, 4, b"mo")
    assert sweep.give_up(station, school.catalog, hours - 1) == 0
    assert sweep.give_up(station, school.catalog, 2) == 1
    assert school.files() == [("whole.txt", 4, 4)]
    assert len(list((station.folder("uploads") / "1").iterdir())) == 1


def test_at_the_start_files_without_a_row_go_and_files_with_one_stay(school, station) -> None:
    school.send(PATH, b"plan")
    (station.folder("uploads") / "1" / "0123.mp4").write_bytes(b"left")
    (station.folder("uploads") / "99").mkdir()
    (station.folder("uploads") / "99" / "0124").write_bytes(b"left")
    sweep.at_start(station, school.catalog)
    assert [path.name for path in station.folder("uploads").iterdir()] == ["1"]
    assert school.files() == [(PATH, 4, 4)]
    assert len(list((station.folder("uploads") / "1").iterdir())) == 1


@pytest.mark.fault("F3")
def test_a_hand_in_that_a_power_cut_kept_from_moving_moves_at_the_next_start(
    school, taken, station, monkeypatch
) -> None:
    school.send(PATH, b"plan")
    monkeypatch.setattr(hand_over, "lay", lambda *words: None)
    school.hand_over()
    assert taken() == []
    monkeypatch.undo()
    sweep.at_start(station, school.catalog)
    assert taken() == [1]
    sweep.at_start(station, school.catalog)
    invariants.check(station)


@pytest.mark.fault("F3")
def test_a_hand_in_received_when_the_power_failed_is_not_taken_twice_and_cleared_at_last(
    school, taken, station
) -> None:
    school.send(PATH, b"plan")
    school.hand_over()
    watch = ("watch", "--once", "--home", station.home)
    assert run_lessonbox(*watch, failpoint="intake.committed").returncode == -9
    assert [path.name for path in sorted(station.folder("drops/browser").iterdir())] == ["1", "1.json"]
    assert run_lessonbox(*watch).returncode == 0
    assert list(station.folder("drops/browser").iterdir()) == []
    assert deliveries.count(school.catalog.db) == 1
    invariants.check(station)


def test_a_folder_that_was_amid_being_cleared_is_no_drop_and_goes(school, taken, station) -> None:
    (station.folder("drops/browser") / "7").mkdir()
    (station.folder("drops/browser") / "7" / "0123.txt").write_bytes(b"half of what was")
    assert taken() == []
    browser.sweep(station)
    assert list(station.folder("drops/browser").iterdir()) == []
