"""From the disk onto a new box: everything is there again, and no number is given twice."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from appliance.backup import recovery, state
from appliance.backup.bring_back import bring_back, find
from appliance.backup.disks import Disk
from appliance.backup.drill import drill
from appliance.backup.pieces import Pieces
from appliance.backup.recovery import Keys
from appliance.backup.run import back_up, quiet
from appliance.catalog import Catalog
from appliance.errors import BackupDisk, NotAllowed
from appliance.station import Station
from tests import invariants
from tests.conftest import make_station, run_lessonbox
from tests.faults.box_child import work
from tests.faults.test_restore import hand_in, kept

KILLED = -9


@pytest.fixture
def filled(box: Station, disk: Disk, keys: Keys) -> Disk:
    (box.folder("trust") / "signers").write_text("city-360700 ssh-ed25519 AAAA\n")
    back_up(box, disk, keys)
    return disk


def new_box(place: Path) -> Station:
    return make_station(place, code="000000", more="port = 9000\n")


def test_a_new_box_holds_what_the_old_one_held_and_is_the_same_station(
    box: Station, filled: Disk, keys: Keys, tmp_path: Path
) -> None:
    fresh = new_box(tmp_path / "new")
    result = bring_back(fresh, filled, recovery.keys_of(keys.code), 0, quiet)
    assert (result.ok, result.deliveries) == (True, 2)
    fresh = Station.open(fresh.home)
    assert (fresh.settings.code, fresh.settings.name, fresh.settings.port) == ("360731", "示例县教育局", 9000)
    assert kept(fresh) == kept(box) and set(fresh.store().blobs()) == set(box.store().blobs())
    assert (fresh.folder("trust") / "signers").read_text() == "city-360700 ssh-ed25519 AAAA\n"
    assert invariants.tree(fresh.folder("store")) == invariants.tree(box.folder("store"))
    invariants.check(fresh)
    assert list(state.known(fresh.home)) == [filled.id]
    hand_in(fresh, "丙")
    assert set(kept(box)) < set(kept(fresh))
    assert back_up(fresh, filled, recovery.needed(fresh.home)).snapshot == 2
    invariants.check(fresh)


@pytest.mark.fault("F3", "F4")
@pytest.mark.parametrize("point", ["bring-back.file", "bring-back.file:4", "bring-back.catalog", "journal.appended"])
def test_killed_while_restoring_it_goes_on_and_ends_the_same(
    point: str, box: Station, filled: Disk, keys: Keys, tmp_path: Path
) -> None:
    fresh = new_box(tmp_path / "new")
    words = ("restore", "--from", filled.place, "--home", fresh.home)
    assert run_lessonbox(*words, failpoint=point, text=keys.code).returncode == KILLED
    done = run_lessonbox(
        *words, *(["--replace"] if point in ("bring-back.catalog", "journal.appended") else []), text=keys.code
    )
    assert done.returncode == 0, done.stderr
    assert kept(Station.open(fresh.home)) == kept(box)
    invariants.check(Station.open(fresh.home))


def test_a_box_that_has_received_something_is_not_written_over_unless_a_person_says_so(
    filled: Disk, keys: Keys, tmp_path: Path
) -> None:
    used = make_station(tmp_path / "used")
    hand_in(used, "别的")
    before = kept(used)
    with pytest.raises(NotAllowed):
        bring_back(used, filled, keys, 0, quiet)
    assert kept(used) == before
    result = bring_back(used, filled, keys, 0, quiet, replace=True)
    old = Catalog.open_copy(used.folder("backup") / result.kept / "catalog.db")
    assert old.db.execute("select count(*) from delivery").fetchone()[0] == 1
    invariants.chain_holds(Station.open(used.home).catalog())


def test_a_spoiled_piece_stops_the_restore_before_the_catalog_and_the_drill_tells_of_it(
    box: Station, filled: Disk, keys: Keys, tmp_path: Path
) -> None:
    folder, _ = find(filled, keys)
    assert drill(box, filled, keys, quiet).ok is True
    victim = Pieces(folder, keys).path(Pieces(folder, keys).names(next(box.store().blobs()), 0)[0])
    victim.write_bytes(victim.read_bytes()[:-1] + b"\0")
    told = drill(box, filled, keys, quiet)
    assert (told.ok, told.gone) == (False, 1)
    fresh = new_box(tmp_path / "new")
    with pytest.raises(BackupDisk):
        bring_back(fresh, filled, keys, 0, quiet)
    assert kept(fresh) == []
    invariants.check(fresh)


def test_a_drill_touches_nothing_and_is_told_in_the_journal(box: Station, filled: Disk, keys: Keys) -> None:
    before = invariants.tree(box.folder("store")) | invariants.tree(filled.root)
    result = drill(box, filled, keys, quiet, actor="技术员甲")
    assert (result.ok, result.deliveries, result.missing) == (True, 2, 0)
    assert invariants.tree(box.folder("store")) | invariants.tree(filled.root) == before
    assert list(box.folder("backup").glob("drill-*")) == []
    row = box.catalog().db.execute("select actor, kind, data from event order by seq desc limit 1").fetchone()
    assert (row[0], row[1], json.loads(row[2])["ok"]) == ("技术员甲", "restore.drill", True)


@pytest.mark.parametrize("typed, says", [("", "8 组"), ("23456-" * 8, "写错了")], ids=["nothing", "mistyped"])
def test_without_the_right_code_nothing_is_restored(typed: str, says: str, filled: Disk, tmp_path: Path) -> None:
    fresh = new_box(tmp_path / "new")
    done = run_lessonbox("restore", "--from", filled.place, "--home", fresh.home, text=typed)
    assert (done.returncode, says in done.stderr) == (2, True)
    assert kept(fresh) == []


def test_deliveries_after_the_backup_are_rebuilt_when_the_box_itself_is_still_there(
    box: Station, filled: Disk, keys: Keys
) -> None:
    hand_in(box, "丙")
    before = kept(box)
    (box.home / "catalog.db").unlink()
    for name in ("catalog.db-wal", "catalog.db-shm"):
        (box.home / name).unlink(missing_ok=True)
    shutil.rmtree(box.folder("backup"))
    box.folder("backup").mkdir()
    result = bring_back(box, filled, keys, 0, quiet)
    assert result.rebuilt == [3]
    work(box.home)
    assert set(before) <= set(kept(box))
    invariants.check(box)
