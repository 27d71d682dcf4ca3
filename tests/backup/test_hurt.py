"""Killed, unplugged, full, lying: earlier backups are whole, and the next run ends as if nothing had happened."""

from __future__ import annotations

import contextlib
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from appliance.backup import disks, fat, state
from appliance.backup.bring_back import bring_back
from appliance.backup.disks import Disk
from appliance.backup.recovery import Keys
from appliance.backup.run import back_up, quiet
from appliance.backup.sweep import sweep
from appliance.errors import BackupDisk, StorageLies
from appliance.failpoint import FAILPOINTS
from appliance.station import Station
from tests import invariants
from tests.backup.conftest import more
from tests.backup.test_sweep import FEW, opens
from tests.conftest import make_station, run_lessonbox
from tests.faults import sticks
from tests.faults.test_restore import kept

KILLED = -9
POINTS = [point for point in FAILPOINTS if point.startswith("backup.") and point != "backup.swept"]


@pytest.mark.fault("F3")
@pytest.mark.parametrize("point", POINTS)
def test_killed_at_any_step_the_earlier_backup_is_whole_and_the_next_run_goes_on(
    point: str, box: Station, disk: Disk, keys: Keys
) -> None:
    back_up(box, disk, keys)
    more(box, "丙")
    assert run_lessonbox("backup", "--home", box.home, failpoint=point).returncode == KILLED
    folder = disk.box(box.settings, keys)
    assert 1 in opens(folder, keys)
    assert state.known(box.home)[disk.id].trouble != ""
    done = back_up(box, disk, keys)
    assert (done.trouble, done.damaged) == ("", 0) and opens(folder, keys) >= {1, done.snapshot}
    assert [path for path in folder.rglob("*.new")] == []
    invariants.check(box)


@pytest.mark.fault("F4")
def test_killed_while_sweeping_what_is_kept_is_whole(
    box: Station, disk: Disk, keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("丙", "丁", "戊"):
        back_up(box, disk, keys)
        more(box, name)
    folder, left = disk.box(box.settings, keys), []
    with monkeypatch.context() as patched:
        patched.setattr(
            "appliance.backup.sweep.failpoint.reached", lambda name: left.append(name) if not left else 1 / 0
        )
        with pytest.raises(ZeroDivisionError):
            sweep(folder, keys, FEW)
    assert opens(folder, keys) == {2, 3}
    assert opens(folder, keys) <= {back_up(box, disk, keys).snapshot, 2, 3}


@pytest.mark.parametrize("reads", [1, 3])
def test_a_disk_that_lies_is_told_and_nothing_counts_as_backed_up(
    reads: int, box: Station, disk: Disk, keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    back_up(box, disk, keys)
    more(box, "丙")
    honest, count = fat.same, [0]

    def lies(path: Path, data: bytes) -> bool:
        count[0] += 1
        return honest(path, data) and count[0] < reads

    monkeypatch.setattr(fat, "same", lies)
    with pytest.raises(StorageLies):
        back_up(box, disk, keys)
    assert opens(disk.box(box.settings, keys), keys) == {1}
    assert "读回" in state.known(box.home)[disk.id].trouble


@contextlib.contextmanager
def small_disk(place: Path, megabytes: int) -> Iterator[Disk]:
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", place], check=True)
    try:
        yield disks.prepare(place, "小盘")
    finally:
        subprocess.run(["umount", "--lazy", place], check=True)


@pytest.mark.root
@pytest.mark.fault("F6")
@pytest.mark.skipif(os.geteuid() != 0, reason="mounting a small disk needs root: sudo make test")
def test_a_disk_that_fills_up_amid_a_run_keeps_what_it_had_and_goes_on_when_there_is_room(
    box: Station, keys: Keys, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with small_disk(tmp_path / "small", 8) as disk:
        monkeypatch.setattr(Disk, "free", lambda self: 1 << 40)  # somebody else fills it meanwhile
        back_up(box, disk, keys)
        filler = disk.place / "别人的"
        with contextlib.suppress(OSError), filler.open("wb") as out:
            while out.write(b"x" * 65536):
                out.flush()
        more(box, "丙")
        with pytest.raises(BackupDisk, match="写满"):
            back_up(box, disk, keys)
        filler.unlink()
        assert back_up(box, disk, keys).trouble == ""
        assert opens(disk.box(box.settings, keys), keys) == {1, 2}


@pytest.mark.root
@pytest.mark.fault("F1")
@pytest.mark.skipif(os.geteuid() != 0, reason="mounting a small disk needs root: sudo make test")
def test_pulled_amid_a_run_nothing_is_written_where_it_was_and_the_next_run_goes_on(
    box: Station, keys: Keys, tmp_path: Path
) -> None:
    place, image = tmp_path / "usb", tmp_path / "stick.img"
    sticks.make_image(image, "ext4", 160, tmp_path / "county/trust")
    with sticks.looped(image) as device:
        place.mkdir()
        subprocess.run(["mount", device, place], check=True)
        disk = disks.prepare(place, "备份盘")
        back_up(box, disk, keys)
        more(box, "丙")

        def pull(what: str, done: int, of: int) -> None:
            if os.path.ismount(place):
                subprocess.run(["umount", "--lazy", place], check=True)

        with pytest.raises(BackupDisk, match="拔"):
            back_up(box, disk, keys, pull)
        assert list(place.iterdir()) == []
        subprocess.run(["mount", device, place], check=True)
        try:
            assert back_up(box, disk, keys).trouble == ""
            assert opens(disk.box(box.settings, keys), keys) == {1, 2}
        finally:
            subprocess.run(["umount", place], check=True)


@pytest.mark.root
@pytest.mark.parametrize("kind", list(sticks.MAKERS))
def test_each_file_system_of_the_shops_will_do(kind: str, box: Station, keys: Keys, tmp_path: Path) -> None:
    if why := sticks.cannot_mount(kind):
        pytest.skip(why)
    image = tmp_path / "stick.img"
    sticks.make_image(image, kind, 160, tmp_path / "county/trust")
    with sticks.looped(image) as device, sticks.mounted(device, kind, tmp_path / "usb", "rw") as place:
        disk = disks.prepare(place, "备份盘")
        back_up(box, disk, keys)
        more(box, "丙")
        assert back_up(box, disk, keys).snapshot == 2
    with sticks.plugged(image, kind, tmp_path / "usb") as place:
        disk = disks.at(place)
        assert opens(disk.box(box.settings, keys), keys) == {1, 2}
        fresh = make_station(tmp_path / "new")
        assert bring_back(fresh, disk, keys, 0, quiet).ok is True
        assert kept(fresh) == kept(box)
