"""A stick becomes a backup disk when a technician says so, is then mounted to be written to, and is no delivery."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from appliance.backup import disks, recovery, state
from appliance.backup.run import back_up
from appliance.box.sticks import backup_disk, mount, note
from appliance.errors import NotFound
from appliance.intake.drops import usb
from appliance.station import Station
from tests.box import loops
from tests.box.conftest import Plug

pytestmark = pytest.mark.root
KINDS = ["ext4", "ntfs", "exfat"]


@pytest.fixture
def backups(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "backups"
    yield place
    for one in place.iterdir() if place.is_dir() else []:
        if os.path.ismount(one):
            subprocess.run(["umount", "-l", one], check=True)


def asked(station: Station, device: Path, root: Path, backups: Path) -> disks.Disk:
    state.ask(station.home, state.Asked("mark", device.name, "技术员甲"))
    return backup_disk.mark(station.home, root, backups)


def writable(place: Path) -> bool:
    return not os.statvfs(place).f_flag & os.ST_RDONLY


@pytest.mark.parametrize("kind", KINDS)
def test_a_chosen_stick_is_marked_and_from_then_on_mounted_to_be_written_to(
    kind: str, plug: Plug, root: Path, backups: Path, station: Station
) -> None:
    if why := loops.cannot_make(kind):
        pytest.skip(why)
    stick = plug(kind, {"别的.txt": b"stays"})
    mount.mount(stick.device, root, station.home, backups)
    assert not writable(root / stick.device.name)
    disk = asked(station, stick.device, root, backups)
    assert state.get(station.home).says == f"做成了备份盘 {disk.id}，请在盘上贴这个号"
    mount.unmount(stick.device.name, root, backups)
    assert list(root.iterdir()) == list(backups.iterdir()) == []
    mount.mount(stick.device, root, station.home, backups)
    place = backups / stick.device.name
    assert writable(place) and (place / "别的.txt").read_bytes() == b"stays"
    assert os.statvfs(place).f_flag & (os.ST_NOSUID | os.ST_NODEV | os.ST_NOEXEC)
    settings = replace(station.settings, usb_mounts=(str(root),), backup_places=(str(backups),))
    here = replace(station, settings=settings)
    (told,) = usb.find(here)  # 别的.txt
    assert (told.trouble.startswith(f"这是备份盘 {disk.id}"), [one.id for one in disks.find(here)]) == (True, [disk.id])
    (place / "别的.txt").unlink()
    assert list(usb.find(here)) == []
    if kind == "ext4":
        assert (place / disks.FOLDER).stat().st_mode & 0o777 == 0o777
    mount.unmount(stick.device.name, root, backups)


def test_a_backup_disk_of_another_box_is_read_only_and_what_else_lies_on_it_is_said_not_to_be_taken(
    plug: Plug, root: Path, backups: Path, station: Station
) -> None:
    mark = b'{"format": 1, "disk": "0123ABCD", "name": "x"}'
    stick = plug("ext4", {f"{disks.FOLDER}/{disks.MARK}": mark, "示例一小/教学设计.txt": b"plan"})
    before = stick.image.read_bytes()
    mount.mount(stick.device, root, station.home, backups)
    assert not writable(root / stick.device.name) and not backups.exists()
    here = replace(station, settings=replace(station.settings, usb_mounts=(str(root),)))
    (told,) = usb.find(here)
    assert told.trouble == "这是备份盘 0123ABCD，盘上别的资料没有收；要交的请放到别的 U 盘上再插"
    assert (disks.find(here), [one.id for one in disks.readable(here)]) == ([], ["0123ABCD"])
    mount.unmount(stick.device.name, root, backups)
    assert stick.image.read_bytes() == before


def test_what_is_not_plugged_in_cannot_be_marked_and_the_page_is_told(
    root: Path, backups: Path, station: Station
) -> None:
    root.mkdir()
    with pytest.raises(NotFound):
        asked(station, Path("/dev/sdz9"), root, backups)
    told = state.get(station.home)
    assert (told.step, "没有插着" in told.says, note.read(root)) == ("failed", True, {})
    with pytest.raises(NotFound):
        backup_disk.mark(station.home, root, backups)


def test_pulled_and_plugged_in_again_the_nightly_run_goes_on(
    plug: Plug, root: Path, backups: Path, station: Station
) -> None:
    stick = plug("ext4")
    stick_size = 160 << 20
    with stick.image.open("r+b") as image:
        image.truncate(stick_size)
    subprocess.run(["losetup", "-c", stick.device], check=True)
    subprocess.run(["resize2fs", stick.device], check=True, capture_output=True)
    mount.mount(stick.device, root, station.home, backups)
    disk = asked(station, stick.device, root, backups)
    keys = recovery.make(station.home)
    assert back_up(station, disk, keys).snapshot == 1
    mount.unmount(stick.device.name, root, backups)
    mount.mount(stick.device, root, station.home, backups)
    here = replace(station, settings=replace(station.settings, backup_places=(str(backups),)))
    assert back_up(here, disks.one(here), keys).snapshot == 2
