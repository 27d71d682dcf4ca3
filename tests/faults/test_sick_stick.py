"""Sticks that are pulled, lie or change, played by a FUSE disk: F1, F2, F10, F12."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from appliance.catalog import Catalog
from appliance.intake.rounds import Intake
from appliance.station import Station
from tests import invariants
from tests.faults import sticks
from tests.faults.conftest import journaled
from tests.faults.sticks import SickStick
from tests.intake.conftest import fates, lay, shown

pytestmark = pytest.mark.skipif(bool(sticks.NO_FUSE), reason=sticks.NO_FUSE or "-")
Settled = Callable[[], list[int]]
SMALL, BIG = 3_000_000, 80 << 20
PULLED = [("张老师", "trouble", "U 盘被拔出，请重新插入", 1)]
RECEIVED = [("张老师", "done", "已收，第 360731-00001 号", 1)]


@pytest.fixture
def inside(tmp_path: Path) -> Path:
    """What lies on the stick."""
    return lay(tmp_path / "inside", {"课/一.bin": os.urandom(SMALL), "课/二.bin": os.urandom(SMALL), "三.txt": b"3"})


@pytest.fixture
def stick(inside: Path, usb: Path) -> Iterator[SickStick]:
    with sticks.sick(inside, usb / "张老师") as plugged:
        yield plugged


def nothing_received(catalog: Catalog) -> bool:
    return [catalog.db.table(name).count for name in ("delivery", "entry", "blob", "event")] == [0, 0, 0, 0]


def received_whole(station: Station, catalog: Catalog, inside: Path) -> None:
    assert set(fates(catalog, 1).values()) == {("stored", "")}
    invariants.check(station, inside, invariants.tree(inside))


@pytest.mark.fault("F1")
@pytest.mark.parametrize("share", [0.01, 0.5, 0.999])
def test_pulled_amid_a_copy_it_is_asked_for_and_taken_whole_when_it_comes_again(
    stick: SickStick, settled: Settled, catalog: Catalog, station: Station, inside: Path, share: float
) -> None:
    stick.order(eio={"课/二.bin": int(SMALL * share)})
    assert settled() == []
    assert (shown(catalog), nothing_received(catalog)) == (PULLED, True)
    stick.order()
    assert settled() == [1]
    assert shown(catalog) == RECEIVED
    received_whole(station, catalog, inside)


@pytest.mark.fault("F1")
@pytest.mark.parametrize("order", [{"gone": True}, {"eio_list": True}], ids=["gone", "while listing"])
def test_pulled_while_it_is_looked_at_it_is_asked_for(
    stick: SickStick, settled: Settled, catalog: Catalog, station: Station, inside: Path, order: dict[str, bool]
) -> None:
    stick.order(**order)
    assert settled() == []
    assert (shown(catalog), nothing_received(catalog)) == (PULLED, True)
    stick.order()
    assert settled() == [1]
    received_whole(station, catalog, inside)


@pytest.mark.fault("F1")
def test_a_large_file_goes_on_where_the_stick_was_pulled(
    stick: SickStick, settled: Settled, catalog: Catalog, station: Station, inside: Path
) -> None:
    lay(inside, {"大.bin": os.urandom(BIG)})
    stick.order(eio={"大.bin": BIG * 8 // 10})
    assert settled() == []
    assert nothing_received(catalog)
    stick.order()
    assert settled() == [1]
    assert [json.loads(data).get("kept_bytes") for data in journaled(catalog)] == [4 * (16 << 20)]
    received_whole(station, catalog, inside)


@pytest.mark.fault("F1")
def test_files_that_were_whole_before_the_pull_are_not_read_from_the_stick_again(
    stick: SickStick, settled: Settled, catalog: Catalog, station: Station, inside: Path
) -> None:
    lay(inside, {"大.bin": os.urandom(20_000_000)})
    stick.order(eio={"课/二.bin": 10})
    settled()
    assert nothing_received(catalog)
    stick.order()
    assert settled() == [1]
    assert [json.loads(data).get("kept_bytes") for data in journaled(catalog)] == [20_000_000]
    assert list((station.folder("store") / "partial").iterdir()) == []
    received_whole(station, catalog, inside)


@pytest.mark.fault("F2")
def test_another_file_under_the_same_name_size_and_time_is_copied_from_its_beginning_and_that_is_journaled(
    stick: SickStick, settled: Settled, catalog: Catalog, station: Station, inside: Path
) -> None:
    big = lay(inside, {"大.bin": os.urandom(BIG)}) / "大.bin"
    at = big.stat().st_mtime_ns
    stick.order(eio={"大.bin": BIG * 8 // 10})
    settled()
    big.write_bytes(os.urandom(BIG))
    os.utime(big, ns=(at, at))
    stick.order()
    assert settled() == [1]
    assert [json.loads(data).get("copied_anew") for data in journaled(catalog)] == [["大.bin"]]
    received_whole(station, catalog, inside)


@pytest.mark.fault("F1", "F12")
def test_a_stick_in_trouble_holds_up_no_other(
    stick: SickStick, settled: Settled, catalog: Catalog, station: Station, tmp_path: Path, usb: Path
) -> None:
    stick.order(eio={"课/一.bin": 0})
    other = lay(tmp_path / "other", {"课/教案.docx": b"plan"})
    with sticks.sick(other, usb / "李老师"):
        assert settled() == [1]
        assert list(fates(catalog, 1)) == ["课/教案.docx"]
        assert [row[1] for row in shown(catalog)] == ["trouble", "done"]
    invariants.check(station, other)


@pytest.mark.fault("F10")
def test_a_disk_that_says_a_wrong_size_is_never_received(
    stick: SickStick, settled: Settled, catalog: Catalog, station: Station
) -> None:
    stick.order(size={"课/一.bin": SMALL + 500_000})
    assert settled() == []
    assert nothing_received(catalog)
    invariants.check(station)


@pytest.mark.fault("F10")
def test_a_file_that_changes_during_each_copy_is_left_for_later(
    stick: SickStick, intake: Intake, catalog: Catalog, station: Station, inside: Path, hands
) -> None:  # type: ignore[no-untyped-def]
    stick.order(rate=4_000_000)
    intake.round()
    hands.at += 1
    touched = iter(range(100))
    intake.stopping = lambda: bool(os.utime(inside / "课/一.bin", (0, next(touched))))
    assert intake.round() == ([], True)
    assert shown(catalog) == [("张老师", "settling", "课/一.bin 还在变化", 1)]
    assert nothing_received(catalog)
    invariants.check(station)


@pytest.mark.fault("F10", "F12")
@pytest.mark.skipif(os.geteuid() != 0, reason="mounting needs root: sudo make test")
def test_a_stick_whose_files_get_new_numbers_from_a_kernel_short_of_memory_is_still_the_same(
    stick: SickStick, intake: Intake, settled: Settled, catalog: Catalog, hands, inside: Path
) -> None:  # type: ignore[no-untyped-def]
    def numbers_forgotten() -> None:
        before = (stick.path / "三.txt").stat().st_ino
        subprocess.run(["mount", "-i", "-o", "remount,ro", stick.path], check=True)
        assert (stick.path / "三.txt").stat().st_ino != before

    intake.round()
    hands.at += 1
    numbers_forgotten()
    assert intake.round() == ([1], False)
    numbers_forgotten()
    assert settled() == []
    assert shown(catalog) == RECEIVED
