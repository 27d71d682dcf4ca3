"""Old snapshots go; what a kept one needs never does."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from appliance.backup import snapshots, sweep
from appliance.backup.disks import Disk
from appliance.backup.pieces import Pieces
from appliance.backup.policy import Policy
from appliance.backup.recovery import Keys
from appliance.backup.run import back_up
from appliance.station import Station
from tests.backup.conftest import more, objects

FEW = Policy(last=2, daily=0, weekly=0, monthly=0, nights=14, remind_days=3)


def opens(box: Path, keys: Keys) -> set[int]:
    """Snapshots of which every byte comes back."""
    pieces, whole = Pieces(box, keys), set()
    for one in snapshots.all(box, keys):
        for file in snapshots.read_list(pieces, one):
            assert sum(map(len, pieces.read(file.sha256, file.size))) == file.size
        assert sum(map(len, pieces.read(*one.catalog))) == one.catalog[1]
        whole.add(one.number)
    return whole


@pytest.fixture
def folder(box: Station, disk: Disk, keys: Keys) -> Path:
    for name in ("丙", "丁", "戊"):
        back_up(box, disk, keys)
        more(box, name)
    return disk.box(box.settings, keys)


def test_what_no_kept_snapshot_needs_goes_and_the_kept_ones_come_back_whole(folder: Path, keys: Keys) -> None:
    assert opens(folder, keys) == {1, 2, 3}
    gone, pieces = sweep.sweep(folder, keys, FEW)
    assert gone == 1 and pieces >= 2  # the first one's catalog and list
    assert opens(folder, keys) == {2, 3}
    assert sweep.sweep(folder, keys, FEW) == (0, 0)


def test_while_one_snapshot_cannot_be_read_nothing_is_taken_away(folder: Path, keys: Keys, disk: Disk) -> None:
    path = folder / "snapshots" / snapshots.names(folder)[2]
    path.write_bytes(b"?" + path.read_bytes()[1:])
    before = objects(disk)
    assert (sweep.sweep(folder, keys, FEW), objects(disk)) == ((0, 0), before)


def test_while_one_list_cannot_be_read_no_piece_is_taken_away(folder: Path, keys: Keys, disk: Disk) -> None:
    newest = snapshots.pick(folder, keys)
    pieces = Pieces(folder, keys)
    pieces.path(pieces.names(*newest.files_list)[0]).write_bytes(os.urandom(60))
    before = [path for path in objects(disk) if "pieces" in path.parts]
    assert sweep.sweep(folder, keys, FEW)[1] == 0
    assert [path for path in objects(disk) if "pieces" in path.parts] == before


def test_what_a_cut_off_run_left_is_swept(folder: Path, keys: Keys) -> None:
    left = folder / "pieces/00"
    left.mkdir(exist_ok=True)
    (left / f"{'00' * 16}.new").write_bytes(b"half")
    (left / ("00" * 16)).write_bytes(b"whole, of no snapshot")
    assert sweep.sweep(folder, keys, Policy(9, 9, 9, 9, 14, 3)) == (0, 2)
    assert opens(folder, keys) == {1, 2, 3}
