"""Sticks as real file systems in loop images: ext4, NTFS by ntfs-3g, exFAT by exfat-fuse. I3 is held by the bytes of the
whole image."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from appliance.catalog import Catalog, deliveries
from appliance.errors import SourceGone, StillChanging
from appliance.intake.parcel import Parcel
from appliance.intake.progress import Silent
from appliance.intake.receive import receive
from appliance.station import Station
from tests import invariants
from tests.faults import sticks
from tests.faults.conftest import MB
from tests.intake.conftest import fates, lay, shown

Settled = Callable[[], list[int]]
KINDS = [
    pytest.param(kind, marks=pytest.mark.skipif(bool(why := sticks.cannot_mount(kind)), reason=why or "-"))
    for kind in sticks.MAKERS
]
GIVEN = {
    "示例一小/三年级数学《分数》教师甲/教学设计.docx": b"plan",
    ".隐藏/语文/教案.txt": b"hidden by a worm",
    "示例一小.exe": b"MZ worm",
    "autorun.inf": b"[autorun]",
    "System Volume Information/IndexerVolumeGuid": b"x",
}


@pytest.fixture(params=KINDS)
def image(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, Path]]:
    kind, path = request.param, tmp_path / "stick.img"
    inside = lay(tmp_path / "inside", GIVEN | {"大.bin": os.urandom(20 * MB)})
    sticks.make_image(path, kind, 64, inside)
    yield kind, path


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@pytest.mark.fault("H12", "F1")
def test_a_stick_is_taken_whole_its_clutter_listed_and_not_a_byte_of_it_changes(
    image: tuple[str, Path], settled: Settled, catalog: Catalog, station: Station, usb: Path
) -> None:
    kind, path = image
    before = digest(path)
    with sticks.plugged(path, kind, usb / "示例") as stick:
        assert settled() == [1]
        taken = fates(catalog, 1)
        assert {name: taken[name][0] for name in [*GIVEN, "大.bin"]} == {
            "示例一小/三年级数学《分数》教师甲/教学设计.docx": "stored",
            ".隐藏/语文/教案.txt": "stored",
            "示例一小.exe": "ignored",
            "autorun.inf": "ignored",
            "System Volume Information/IndexerVolumeGuid": "ignored",
            "大.bin": "stored",
        }
        assert shown(catalog)[0][1] == "done"
        invariants.check(station, stick, invariants.tree(stick))
    assert digest(path) == before


class Puller(Silent):
    """Takes the mount away when the second file begins, as the kernel does with a stick that is gone."""

    def __init__(self, mount: Path) -> None:
        self.mount, self.files = mount, 0

    def file(self, name: str) -> None:
        self.files += 1
        if self.files == 2:
            subprocess.run(["umount", "--lazy", self.mount], check=True)


@pytest.mark.fault("F1")
def test_a_stick_whose_mount_goes_amid_the_copy_is_not_received_and_then_taken(
    image: tuple[str, Path], settled: Settled, catalog: Catalog, station: Station, usb: Path
) -> None:
    kind, path = image
    with sticks.plugged(path, kind, usb / "示例") as stick, pytest.raises((SourceGone, StillChanging)):
        receive(station, catalog, Parcel("usb", "U 盘", stick), Puller(stick))
    assert catalog.db.table("delivery").count == 0
    with sticks.plugged(path, kind, usb / "示例") as stick:
        assert settled() == [1]
        invariants.check(station, stick, invariants.tree(stick))


@pytest.mark.fault("F12")
@pytest.mark.skipif(bool(why := sticks.cannot_mount("ext4")), reason=why or "-")
def test_four_sticks_at_once_two_of_them_clones_are_all_taken_and_the_same_bytes_are_one_blob(
    settled: Settled, catalog: Catalog, station: Station, usb: Path, tmp_path: Path
) -> None:
    images = []
    for number in (1, 2, 3):
        inside = lay(tmp_path / f"inside{number}", {"课/教案.docx": b"plan %d" % number})
        images.append(tmp_path / f"{number}.img")
        sticks.make_image(images[-1], "ext4", 16, inside)
    images.append(tmp_path / "clone.img")
    shutil.copyfile(images[0], images[-1])  # the same volume id
    with (
        sticks.plugged(images[0], "ext4", usb / "甲"),
        sticks.plugged(images[1], "ext4", usb / "乙"),
        sticks.plugged(images[2], "ext4", usb / "丙"),
        sticks.plugged(images[3], "ext4", usb / "甲的克隆"),
    ):
        assert sorted(settled()) == [1, 2, 3, 4]
    rows = [deliveries.row(catalog.db, no) for no in (1, 2, 3, 4)]
    assert len({row["receipt"] for row in rows}) == 3
    assert sum(row["duplicate_of"] is not None for row in rows) == 1
    assert len(list(station.store().blobs())) == 3
    invariants.check(station)
