from __future__ import annotations

from pathlib import Path

import pytest

from appliance.catalog import Catalog, drops
from appliance.intake.parcel import Parcel
from appliance.intake.progress import DropProgress
from appliance.intake.receive import receive
from appliance.intake.rounds import Stopped
from appliance.station import Station
from tests import invariants
from tests.intake.conftest import lay

LOOK = ("state", "bytes_done", "bytes_total", "files_done", "files_total", "current")


@pytest.fixture
def drop(catalog: Catalog) -> int:
    with catalog.writing() as db:
        return drops.appear(db, "usb", "folder:1", "张老师", "/x", "")


def test_the_row_tells_bytes_files_and_the_current_name(
    station: Station, catalog: Catalog, drop: int, tmp_path: Path
) -> None:
    stick = lay(tmp_path / "stick", {"一.txt": b"1" * 1_500_000, "二.txt": b"2" * 500_000})
    told: list[tuple[object, ...]] = []
    progress = DropProgress(catalog, drop, lambda: told.append(look(catalog, drop)), every=0)
    receive(station, catalog, Parcel("usb", "U 盘", stick, drop=drop), progress)
    assert told == [
        ("copying", 0, 2_000_000, 0, 2, "一.txt"),
        ("copying", 1 << 20, 2_000_000, 0, 2, "一.txt"),
        ("copying", 1_500_000, 2_000_000, 0, 2, "一.txt"),
        ("copying", 1_500_000, 2_000_000, 0, 2, "二.txt"),
        ("copying", 2_000_000, 2_000_000, 0, 2, "二.txt"),
        ("copying", 2_000_000, 2_000_000, 1, 2, "二.txt"),  # read back while the next was copied
        ("copying", 2_000_000, 2_000_000, 2, 2, "二.txt"),
    ]


def look(catalog: Catalog, drop: int) -> tuple[object, ...]:
    row = drops.get(catalog.db, drop)
    assert row is not None
    return tuple(row[name] for name in LOOK)


def test_within_half_a_second_the_card_is_written_once(
    station: Station, catalog: Catalog, drop: int, tmp_path: Path
) -> None:
    stick = lay(tmp_path / "stick", {f"{n}.txt": b"%d" % n for n in range(20)})
    told: list[int] = []
    receive(
        station, catalog, Parcel("usb", "U 盘", stick, drop=drop),
        DropProgress(catalog, drop, lambda: told.append(1), every=3600),
    )  # fmt: skip
    assert told == []


def test_asked_to_end_amid_a_copy_nothing_is_received_and_nothing_is_left_half(
    station: Station, catalog: Catalog, drop: int, tmp_path: Path
) -> None:
    stick = lay(tmp_path / "stick", {"一.txt": b"1" * 3_000_000})

    def stop() -> None:
        raise Stopped

    with pytest.raises(Stopped):
        receive(station, catalog, Parcel("usb", "U 盘", stick, drop=drop), DropProgress(catalog, drop, stop, every=0))
    assert catalog.db["delivery"].count == 0
    assert list(station.store().incoming.iterdir()) == []
    invariants.check(station)
