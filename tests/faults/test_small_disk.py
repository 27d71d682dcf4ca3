"""F6 on a real ext4: no inode left, and a disk that turns read-only. Nothing is received, nothing is lost, it goes on."""

from __future__ import annotations

import errno
import os
import subprocess
from pathlib import Path

import pytest

from appliance.errors import StorageFull
from appliance.intake.parcel import Parcel
from appliance.intake.receive import receive
from appliance.station import Station
from tests import invariants
from tests.conftest import make_station
from tests.crash import cut
from tests.intake.conftest import fates, lay

pytestmark = [
    pytest.mark.root,
    pytest.mark.fault("F6"),
    pytest.mark.skipif(bool(cut.can_cut()), reason=cut.can_cut() or "-"),
]
FILES = {f"课/{number}.docx": b"plan %d" % number for number in range(9)}


@pytest.fixture
def image(tmp_path: Path) -> Path:
    """16 MB with 200 inodes."""
    path = tmp_path / "disk.img"
    with path.open("wb") as file:
        file.truncate(16 << 20)
    subprocess.run(["mkfs.ext4", "-q", "-F", "-N", "200", "-m", "0", "-e", "remount-ro", path], check=True)
    return path


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    return lay(tmp_path / "stick", FILES)


def nothing_received(box: Station) -> bool:
    catalog = box.catalog()
    counts = [catalog.db.table(name).count for name in ("delivery", "entry", "event")]
    catalog.close()
    return counts == [0, 0, 0]


def taken(box: Station, stick: Path) -> None:
    catalog = box.catalog()
    no = receive(box, catalog, Parcel("usb", "U 盘", stick))
    assert fates(catalog, no) == dict.fromkeys(FILES, ("stored", ""))
    catalog.close()
    invariants.check(box, stick, invariants.tree(stick))


def test_without_inodes_nothing_is_received_and_with_inodes_all_is(image: Path, tmp_path: Path, stick: Path) -> None:
    with cut.mounted(image, tmp_path / "disk") as disk:
        box = make_station(disk / "county")
        catalog, hogs = box.catalog(), []
        with pytest.raises(OSError, match="No space"):
            for number in range(1000):
                hogs.append(disk / f"hog{number}")
                hogs[-1].touch()
        for hog in hogs[:3]:
            hog.unlink()
        with pytest.raises(StorageFull):
            receive(box, catalog, Parcel("usb", "U 盘", stick))
        catalog.close()
        assert nothing_received(box)
        for hog in hogs[3:]:
            hog.unlink(missing_ok=True)
        taken(box, stick)


def test_on_a_disk_that_turns_read_only_nothing_is_received_and_after_a_new_start_all_is(
    image: Path, tmp_path: Path, stick: Path
) -> None:
    """As the kernel does when an ext4 can no longer be written."""
    with cut.mounted(image, tmp_path / "disk") as disk:
        box = make_station(disk / "county")
        os.sync()
        catalog = box.catalog()
        subprocess.run(["mount", "-o", "remount,abort", disk], check=True)
        with pytest.raises(OSError, match="Read-only") as said:
            receive(box, catalog, Parcel("usb", "U 盘", stick))
        assert said.value.errno == errno.EROFS
        catalog.close()
    with cut.mounted(image, tmp_path / "disk"):
        assert nothing_received(box)
        taken(box, stick)
