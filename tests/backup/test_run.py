"""Nightly to a second disk: encrypted, only what is new, read back; spoiled pieces come again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from appliance import cli
from appliance.backup import disks, snapshots, state
from appliance.backup.bring_back import find
from appliance.backup.disks import Disk
from appliance.backup.pieces import Pieces
from appliance.backup.policy import policy
from appliance.backup.recovery import Keys, fresh_code, keys_of
from appliance.backup.run import back_up
from appliance.backup.what import files
from appliance.errors import BackupDisk
from appliance.station import Station
from tests import invariants
from tests.backup.conftest import more, objects
from tests.conftest import run_lessonbox


def listed(disk: Disk, keys: Keys) -> dict[str, str]:
    box, snapshot = find(disk, keys)
    return {file.path: file.sha256 for file in snapshots.read_list(Pieces(box, keys), snapshot)}


def test_everything_that_was_received_is_on_the_disk_and_is_read_from_there(
    box: Station, disk: Disk, keys: Keys
) -> None:
    done = back_up(box, disk, keys)
    there = listed(disk, keys)
    home = {file.path: file for file in files(box)}
    assert set(there) == set(home) and done.files == len(home)
    folder, _ = find(disk, keys)
    for path, sha256 in there.items():
        assert b"".join(Pieces(folder, keys).read(sha256, home[path].size)) == (box.home / path).read_bytes()
    assert not [path for path in there if path.startswith(("secret", "run", "evidence"))]
    invariants.check(box)


def test_the_disk_tells_nothing_without_the_code(box: Station, disk: Disk, keys: Keys) -> None:
    back_up(box, disk, keys)
    words = ["教师甲", "示例一小", "教学设计", *[sha256 for sha256 in box.store().blobs()]]
    for path in objects(disk):
        assert [word for word in words if word.encode() in path.read_bytes() or word in path.name] == []
    with pytest.raises(BackupDisk):
        find(disk, keys_of(fresh_code()))


def test_the_second_run_writes_what_is_new_and_nothing_else(box: Station, disk: Disk, keys: Keys) -> None:
    first = back_up(box, disk, keys)
    before = {path: path.stat().st_mtime_ns for path in objects(disk) if "pieces" in path.parts}
    more(box, "丙")
    second = back_up(box, disk, keys)
    assert (first.snapshot, second.snapshot) == (1, 2) and second.files > first.files
    assert {path: path.stat().st_mtime_ns for path in before} == before
    third = back_up(box, disk, keys)
    assert third.written < second.written and third.files == second.files


def test_a_flipped_byte_is_found_within_the_nights_of_one_round_and_written_anew(
    box: Station, disk: Disk, keys: Keys
) -> None:
    back_up(box, disk, keys)
    folder, _ = find(disk, keys)
    sha256 = next(box.store().blobs())
    victim = Pieces(folder, keys).path(Pieces(folder, keys).names(sha256, 0)[0])
    whole = victim.read_bytes()
    victim.write_bytes(whole[:20] + bytes([whole[20] ^ 1]) + whole[21:])
    runs = [back_up(box, disk, keys) for _ in range(policy().nights)]
    assert sum(run.rewritten for run in runs) == 1 and {run.trouble for run in runs} == {""}
    assert Pieces(folder, keys).opened(victim.name) is not None


def test_what_the_box_cannot_read_any_more_is_told_and_kept_on_the_disk(box: Station, disk: Disk, keys: Keys) -> None:
    back_up(box, disk, keys)
    rotten = next(box.store().blobs())
    box.store().path(rotten).chmod(0o640)
    box.store().path(rotten).write_bytes(b"x" * box.store().path(rotten).stat().st_size)
    assert (back_up(box, disk, keys).damaged, rotten in listed(disk, keys).values()) == (0, True)
    folder, _ = find(disk, keys)
    Pieces(folder, keys).path(Pieces(folder, keys).names(rotten, 0)[0]).unlink()
    assert (back_up(box, disk, keys).damaged, rotten in listed(disk, keys).values()) == (1, False)
    assert not [path for path in objects(disk) if path.suffix == ".new"]


def test_a_stick_that_nobody_marked_is_never_written_to(box: Station, keys: Keys, tmp_path: Path) -> None:
    (tmp_path / "stranger").mkdir()
    with pytest.raises(BackupDisk):
        disks.at(tmp_path / "stranger")
    done = run_lessonbox("backup", "now", tmp_path / "stranger", "--home", box.home)
    assert (done.returncode, "没有课匣的备份记号" in done.stderr) == (24, True)
    assert list((tmp_path / "stranger").iterdir()) == []


def test_the_command_copies_the_catalog_and_fills_each_disk_that_is_plugged_in(
    box: Station, disk: Disk, capsys: pytest.CaptureFixture[str]
) -> None:
    def told(*words: str) -> dict:
        assert cli.main(["backup", *words, "--home", str(box.home), "--json"]) == 0
        return json.loads(capsys.readouterr().out)

    first = told()
    assert first["disks"] == {} and Path(first["backup"]).exists()
    code = told("key")["code"]
    assert keys_of(code).code == code
    assert told()["disks"][disk.id]["snapshot"] == 1
    assert [one["number"] for one in told("list")["snapshots"]] == [1]
    assert told("drill")["ok"] is True
    event = box.catalog().db.execute("select data from event where kind = 'backup.disk'").fetchone()
    assert json.loads(event[0])["snapshot"] == 1


def test_a_disk_that_is_full_says_how_much_is_missing_and_keeps_what_it_had(
    box: Station, disk: Disk, keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    back_up(box, disk, keys)
    before = objects(disk)
    more(box, "丙")
    monkeypatch.setattr(Disk, "free", lambda self: 1000)
    with pytest.raises(BackupDisk, match="空间不足"):
        back_up(box, disk, keys)
    assert objects(disk) == before
    assert state.known(box.home)[disk.id].trouble.startswith("备份盘空间不足")
    assert state.known(box.home)[disk.id].good_at != ""
