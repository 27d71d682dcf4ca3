"""A county with something in it, and a folder that plays the backup disk."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from appliance.backup import disks, recovery
from appliance.backup.disks import Disk
from appliance.backup.recovery import Keys
from appliance.station import Station
from tests.conftest import make_station
from tests.faults.test_restore import hand_in


@pytest.fixture
def disk(tmp_path: Path) -> Disk:
    (tmp_path / "disk").mkdir()
    return disks.prepare(tmp_path / "disk", "备份盘")


@pytest.fixture(scope="session")
def two_deliveries(tmp_path_factory: pytest.TempPathFactory) -> Path:
    station = make_station(tmp_path_factory.mktemp("made") / "county")
    hand_in(station, "甲")
    hand_in(station, "乙")
    shutil.rmtree(station.folder("drops/usb"))
    station.folder("drops/usb").mkdir()
    return station.home


@pytest.fixture
def box(tmp_path: Path, disk: Disk, two_deliveries: Path) -> Station:
    """Two deliveries; knows where its backup disk will be."""
    shutil.copytree(two_deliveries, tmp_path / "county")
    with (tmp_path / "county/station.toml").open("a") as settings:
        settings.write(f'backup_places = ["{disk.place}"]\n')
    return Station.open(tmp_path / "county")


@pytest.fixture
def keys(box: Station) -> Keys:
    return recovery.make(box.home)


def more(box: Station, name: str) -> None:
    """Something new that a run takes along."""
    (box.folder("editions") / name).write_text(name * 100)


def objects(disk: Disk) -> list[Path]:
    return sorted(path for path in disk.root.rglob("*") if path.is_file())
