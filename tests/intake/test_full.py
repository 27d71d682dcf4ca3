"""F6: no room, on a file system that is really full."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from appliance.errors import StorageFull
from appliance.intake.parcel import Parcel
from appliance.intake.progress import Silent
from appliance.intake.receive import receive
from appliance.station import Station
from tests import invariants
from tests.conftest import make_station
from tests.intake.conftest import fates, lay

pytestmark = [
    pytest.mark.root,
    pytest.mark.skipif(not invariants.is_root(), reason="a small file system needs root to mount"),
]


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Station]:
    """A station on 8 MB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "lessonbox-test", disk], capture_output=True)
    if made.returncode:
        pytest.skip(f"no mounting here: {made.stderr.decode().strip()}")
    yield make_station(disk / "county")
    subprocess.run(["umount", "--lazy", disk], check=True)


def parcel(tmp_path: Path) -> Parcel:
    return Parcel("usb", "U 盘", lay(tmp_path / "stick", {"一.txt": b"1" * 1_000_000, "二.txt": b"2" * 1_000_000}))


class Filler(Silent):
    """Somebody else takes the room while the second file is copied."""

    def __init__(self, hog: Path) -> None:
        self.hog, self.files = hog, 0

    def file(self, name: str) -> None:
        self.files += 1
        if self.files == 2:
            fill(self.hog)


def fill(hog: Path) -> None:
    with hog.open("wb", buffering=0) as out, pytest.raises(OSError, match="No space"):
        while True:
            out.write(bytes(65536))


@pytest.mark.fault("F6")
def test_a_disk_that_fills_amid_the_copy_receives_nothing_and_goes_on_when_there_is_room(
    small: Station, tmp_path: Path
) -> None:
    catalog, stick = small.catalog(), parcel(tmp_path)
    hog = small.home.parent / "hog"
    with pytest.raises(StorageFull):
        receive(small, catalog, stick, Filler(hog))
    assert [catalog.db[table].count for table in ("delivery", "blob", "event")] == [0, 0, 0]
    assert list(small.store().incoming.iterdir()) == []
    hog.unlink()
    assert fates(catalog, receive(small, catalog, stick)) == {"一.txt": ("stored", ""), "二.txt": ("stored", "")}
    invariants.check(small, stick.base)


@pytest.mark.fault("F6")
def test_a_disk_without_room_for_a_row_says_so_and_the_row_comes_later(small: Station, tmp_path: Path) -> None:
    catalog, stick = small.catalog(), parcel(tmp_path)
    hog = small.home.parent / "hog"
    no = receive(small, catalog, stick)
    with pytest.raises(StorageFull), catalog.writing() as db:
        fill(hog)
        db.execute("update delivery set error = ?", ["x" * 5_000_000])
    hog.unlink()
    with catalog.writing() as db:
        db.execute("update delivery set error = '' where no = ?", [no])
    invariants.check(small, stick.base)
