"""F5: a torn or flipped catalog is seen at the start, said, and brought back; never a silent empty one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from appliance import damage, rebuild, restore
from appliance.backup import local
from appliance.catalog import Catalog, deliveries
from appliance.commands.watch import start
from appliance.errors import CatalogDamaged, NotFound
from appliance.station import Station
from tests import invariants
from tests.conftest import make_station, run_lessonbox
from tests.faults.box_child import work
from tests.intake.conftest import lay, zipped

LESSON = "示例一小/三年级数学《{}》教师甲/教学设计.txt"


def hand_in(station: Station, name: str) -> Path:
    stick = station.folder("drops/usb") / name
    lay(stick, {LESSON.format(name): name.encode(), "别的.zip": zipped({"图/一.txt": name.encode() * 9})})
    work(station.home)
    return stick


def kept(station: Station) -> list[tuple[str, str, str]]:
    """What must be there again: receipts, names, hashes of everything handed in."""
    catalog = station.catalog()
    rows = catalog.db.query(
        "select receipt, name, sha256 from entry join delivery on delivery.no = delivery where fate <> 'duplicate'"
        " order by receipt, name"
    )
    found = [(row["receipt"], row["name"], row["sha256"]) for row in rows]
    catalog.close()
    return found


@pytest.fixture
def box(tmp_path: Path) -> Station:
    """One delivery before the backup, one after it."""
    station = make_station(tmp_path / "county")
    hand_in(station, "甲")
    local.make(station)
    hand_in(station, "乙")
    return station


def spoil(station: Station) -> None:
    """Garbage over pages in the middle of the file, as a dying card leaves it."""
    catalog = Catalog.open(station.home / "catalog.db")
    catalog.db.execute("pragma wal_checkpoint(truncate)")
    catalog.close()
    with (station.home / "catalog.db").open("r+b") as file:
        for page in (3, 5, 8, 13, 21):
            file.seek(page * 4096)
            file.write(b"\xa5" * 4096)


@pytest.mark.fault("F5")
def test_a_damaged_catalog_stops_the_intake_says_so_and_is_restored_with_what_came_after_the_backup(
    box: Station,
) -> None:
    before = kept(box)
    spoil(box)
    done = run_lessonbox("watch", "--once", "--home", box.home)
    assert (done.returncode, "lessonbox restore" in done.stderr) == (34, True)
    with pytest.raises(CatalogDamaged):
        damage.check_note(box)
    done = run_lessonbox("restore", "--home", box.home)
    assert done.returncode == 0, done.stderr
    assert "其中 1 次是备份以后收的" in done.stdout
    damage.check_note(box)
    work(box.home)
    assert set(before) <= set(kept(box))
    invariants.check(box)


@pytest.mark.fault("F5")
def test_a_catalog_that_is_gone_is_restored_too_and_without_a_backup_it_is_said_that_there_is_none(
    box: Station,
) -> None:
    before = kept(box)
    for name in ("catalog.db", "catalog.db-wal", "catalog.db-shm"):
        (box.home / name).unlink(missing_ok=True)
    restore.restore(box)
    work(box.home)
    assert set(before) <= set(kept(box))
    shutil.rmtree(box.folder("backup"))
    box.folder("backup").mkdir()
    with pytest.raises(NotFound):
        restore.restore(box)


@pytest.mark.fault("F5")
def test_a_torn_backup_is_passed_over_and_never_restored(box: Station) -> None:
    whole = restore.newest_sound(box)
    torn = box.folder("backup") / "catalog-99999999-000000.db"
    torn.write_bytes(whole.read_bytes()[:20_000])
    assert restore.newest_sound(box) == whole
    with pytest.raises(CatalogDamaged):
        restore.restore(box, torn)
    assert len(deliveries.numbers(box.catalog().db)) == 2


@pytest.mark.fault("F5")
@pytest.mark.parametrize("step", [8192, pytest.param(512, marks=pytest.mark.slow)])
def test_however_the_write_ahead_log_is_cut_no_receipt_is_lost(tmp_path: Path, step: int) -> None:
    station = make_station(tmp_path / "county")
    hold = station.catalog()  # an open reader: SQLite keeps the log
    for number in range(3):
        hand_in(station, f"第{number}个")
    log = station.home / "catalog.db-wal"
    before, size = kept(station), log.stat().st_size
    assert size > 60_000
    for cut in range(max(0, size - 65_536), size, step):
        copy = tmp_path / "copy"
        shutil.copytree(station.home, copy)
        with (copy / "catalog.db-wal").open("r+b") as file:
            file.truncate(cut)
        (copy / "catalog.db-shm").unlink(missing_ok=True)
        torn = Station.open(copy)
        start(torn)
        work(copy)
        assert set(before) <= set(kept(torn)), cut
        invariants.check(torn)
        catalog = torn.catalog()
        assert catalog.whole(), cut
        catalog.close()
        shutil.rmtree(copy)
    hold.close()


@pytest.mark.fault("F5")
def test_a_drill_touches_nothing_and_its_result_is_in_the_journal(box: Station) -> None:
    catalog = box.catalog()
    before = kept(box)
    result = restore.drill(box, catalog, actor="技术员甲")
    assert (result.ok, result.deliveries, result.rebuilt, result.missing) == (True, 2, [2], 0)
    row = catalog.db.execute("select actor, kind from event order by seq desc limit 1").fetchone()
    assert tuple(row) == ("技术员甲", "restore.drill")
    assert kept(box) == before and [path.name for path in box.folder("run").glob("drill-*")] == []
    invariants.check(box)


def test_a_drill_says_which_bytes_are_gone(box: Station) -> None:
    catalog = box.catalog()
    sha256 = catalog.db.execute("select sha256 from entry where delivery = 2 and sha256 <> ''").fetchone()[0]
    box.store().path(sha256).unlink()
    result = restore.drill(box, catalog)
    assert (result.ok, result.gone) == (False, 1)


def test_side_files_are_made_for_deliveries_that_have_none(box: Station) -> None:
    folder = box.folder("store") / "received"
    written = {path.name: path.read_bytes() for path in folder.iterdir()}
    shutil.rmtree(folder)
    catalog = box.catalog()
    assert rebuild.agree(box, catalog).deliveries == []
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == written
