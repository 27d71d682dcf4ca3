"""The mounter with real devices, and the watcher that finds what it mounted."""

from __future__ import annotations

import dataclasses
import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from appliance.box.sticks import kinds, mount, note
from appliance.box.sticks.own import own_disks
from appliance.errors import NotAllowed, SourceGone
from appliance.intake.drops import usb
from appliance.station import Station
from tests.box import loops
from tests.box.conftest import Plug
from tests.conftest import answer, run_lessonbox

pytestmark = pytest.mark.root
LESSON = {"示例一小/三年级数学《分数》教师甲/教学设计.txt": "一份教案".encode()}
EVERY = ["ext4", "ext2", "xfs", "ntfs", "exfat"]


def digest(image: Path) -> str:
    return hashlib.sha256(image.read_bytes()).hexdigest()


@pytest.mark.fault("H12")
@pytest.mark.parametrize("kind", EVERY)
def test_a_stick_is_mounted_so_that_nothing_on_it_runs_and_not_a_byte_of_it_changes(
    kind: str, plug: Plug, root: Path
) -> None:
    if why := loops.cannot_make(kind):
        pytest.skip(why)
    stick = plug(kind, LESSON)
    before = digest(stick.image)
    told = mount.mount(stick.device, root)
    place = root / stick.device.name
    assert told and (told.kind, told.problem) == (kind, "")
    assert {str(one.relative_to(place)): one.read_bytes() for one in place.rglob("*.txt")} == LESSON
    flags = os.statvfs(place).f_flag
    assert [flags & bit != 0 for bit in (os.ST_RDONLY, os.ST_NOSUID, os.ST_NODEV, os.ST_NOEXEC)] == [True] * 4
    mount.unmount(stick.device.name, root)
    assert list(root.iterdir()) == []
    assert digest(stick.image) == before


@pytest.mark.fault("H12")
def test_what_a_journal_left_open_is_not_replayed_onto_the_stick(plug: Plug, root: Path, tmp_path: Path) -> None:
    stick = plug("ext4")
    with_open_journal = tmp_path / "open.img"
    place = tmp_path / "writing"
    place.mkdir()
    subprocess.run(["mount", stick.device, place], check=True)
    (place / "a.txt").write_bytes(b"x")
    subprocess.run(["sync", "-f", place], check=True)
    with_open_journal.write_bytes(stick.image.read_bytes())  # the stick as it is when it is pulled amid writing
    subprocess.run(["umount", place], check=True)
    before, device = digest(with_open_journal), loops.attach(with_open_journal)
    try:
        told = mount.mount(device, root)
        assert told and told.problem == ""
        mount.unmount(device.name, root)
    finally:
        loops.detach(device)
    assert digest(with_open_journal) == before


def spoilt(image: Path) -> None:
    """The first block stays, so that it looks like ext4; what it points at is gone."""
    with image.open("r+b") as out:
        out.seek(4096)
        out.write(b"\xff" * (2 << 20))


@pytest.mark.fault("H12")
@pytest.mark.parametrize(
    "kind, spoil, says",
    [
        ("ext4", spoilt, kinds.BROKEN),
        ("ext4", lambda image: image.write_bytes(b"\0" * (1 << 20)), kinds.unusable("")),
        ("vfat", None, ""),
    ],
    ids=["broken", "empty", "kind that this kernel may lack"],
)
def test_a_stick_that_cannot_be_mounted_leaves_no_folder_and_says_why(
    kind, spoil, says, plug: Plug, root: Path
) -> None:
    if why := loops.cannot_make(kind):
        pytest.skip(why)
    stick = plug(kind, spoil=spoil)
    told = mount.mount(stick.device, root)
    assert told
    if says:
        assert told.problem == says
    left = [one.name for one in root.iterdir()]
    assert left == ([f"{told.device}.json"] if told.problem else [told.device, f"{told.device}.json"])
    mount.unmount(stick.device.name, root)
    assert list(root.iterdir()) == []


def test_a_stick_that_is_gone_before_it_could_be_looked_at_is_told_so(root: Path) -> None:
    with pytest.raises(SourceGone):
        mount.mount(Path("/dev/lessonbox-nothing"), root)


def test_the_disks_of_the_box_itself_are_never_mounted_as_sticks(plug: Plug, root: Path, tmp_path: Path) -> None:
    disk = plug("ext4")
    elsewhere = tmp_path / "data"
    elsewhere.mkdir()
    subprocess.run(["mount", disk.device, elsewhere], check=True)
    try:
        assert disk.device.name in own_disks(root)
        with pytest.raises(NotAllowed, match="盒子自己的盘"):
            mount.mount(disk.device, root)
        assert not root.exists()
    finally:
        subprocess.run(["umount", elsewhere], check=True)
    assert disk.device.name not in own_disks(root)


@pytest.mark.fault("F12")
def test_two_clones_that_are_plugged_in_together_are_two_sticks(plug: Plug, root: Path) -> None:
    first = plug("ext2", LESSON)
    second = plug("ext2", spoil=lambda image: image.write_bytes(first.image.read_bytes()) and None)
    told = [mount.mount(stick.device, root) for stick in (first, second)]
    assert told[0] and told[1]
    assert told[0].uuid == told[1].uuid
    assert told[1].identity == f"{told[0].identity}:1"
    mount.unmount(first.device.name, root)
    again = mount.mount(first.device, root)
    assert again and again.identity == told[0].identity


def test_the_identity_does_not_depend_on_the_socket() -> None:
    one = note.Note("sdb1", "vfat", "1A2B-3C4D", "0123456789", 8 << 30, "示例一小")
    assert one.identity == "stick:1A2B-3C4D:0123456789:8589934592"
    assert dataclasses.replace(one, device="sdc1").identity == one.identity


def test_the_watcher_takes_what_was_mounted_and_knows_the_stick_again(plug: Plug, station: Station, root: Path) -> None:
    stick = plug("ext4", LESSON)
    with (station.home / "station.toml").open("a") as settings:
        settings.write(f'usb_mounts = ["{root}"]\n')
    told = answer("stick", "mount", stick.device, "--at", root)
    assert told["mounted"] is True
    assert run_lessonbox("watch", "--once", "--home", station.home).returncode == 0
    (delivery,) = answer("deliveries", "--home", station.home)["deliveries"]
    assert delivery["source"] == f"U 盘 {told['name']}"
    [(identity, present)] = station.catalog().db.execute("select identity, present from drop_").fetchall()
    assert (identity, present) == (told["identity"], 1)
    answer("stick", "unmount", stick.device, "--at", root)
    assert run_lessonbox("watch", "--once", "--home", station.home).returncode == 0
    assert station.catalog().db.execute("select present from drop_").fetchall() == [(0,)]


@pytest.mark.fault("H12")
def test_the_clerk_is_told_of_a_stick_that_cannot_be_read(plug: Plug, station: Station, root: Path) -> None:
    stick = plug("ext4", spoil=spoilt)
    with (station.home / "station.toml").open("a") as settings:
        settings.write(f'usb_mounts = ["{root}"]\n')
    told = answer("stick", "mount", stick.device, "--at", root)
    assert (told["mounted"], told["problem"]) == (False, kinds.BROKEN)
    (drop,) = usb.find(Station.open(station.home))
    assert (drop.identity, drop.trouble) == (told["identity"], kinds.BROKEN)
    run_lessonbox("watch", "--once", "--home", station.home)
    rows = station.catalog().db.execute("select state, message, present from drop_").fetchall()
    assert rows == [("trouble", kinds.BROKEN, 1)]


def test_the_mounter_loads_nothing_that_it_does_not_need() -> None:
    """It runs as root, once for each stick, and the clerk waits for it: no rules, no catalog, no library of others."""
    code = "import sys, appliance.commands.stick, appliance.box.sticks.mount; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = ("numpy", "sqlite_utils", "cryptography", "appliance.rules", "appliance.catalog", "appliance.station")
    assert [name for name in done.stdout.split() if name.startswith(heavy)] == []
