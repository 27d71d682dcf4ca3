"""F17: a box is updated amid its queue. Every older state of the tables becomes today's, and the queue goes on."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlite_utils import Database, Migrations

from appliance import journal, pipeline
from appliance.catalog import Catalog
from appliance.catalog.schema import STEPS, migrations
from appliance.errors import CatalogDamaged
from appliance.intake.parcel import Parcel
from appliance.intake.receive import receive
from appliance.station import Station
from tests import invariants
from tests.conftest import make_station, run_lessonbox
from tests.intake.conftest import lay
from web import create_app


def tables(catalog: Catalog) -> set[tuple[str, str]]:
    return {(row["name"], row["sql"]) for row in catalog.db.query("select name, sql from sqlite_master")}


@pytest.mark.fault("F17")
@pytest.mark.parametrize("count", range(1, len(STEPS) + 1))
def test_a_catalog_of_any_older_release_becomes_that_of_today(station: Station, tmp_path: Path, count: int) -> None:
    old, before = tmp_path / "old.db", Migrations("lessonbox")
    for step in STEPS[:count]:
        before()(step)
    database = Database(old)
    before.apply(database)
    database.conn.close()
    assert tables(Catalog.open(old)) == tables(station.catalog())


@pytest.mark.fault("F17")
def test_a_queue_that_an_older_program_left_goes_on(station: Station, catalog: Catalog, tmp_path: Path) -> None:
    stick = lay(tmp_path / "stick", {"示例一小/三年级数学《分数》教师甲/教学设计.txt": b"plan"})
    receive(station, catalog, Parcel("usb", "U 盘", stick))
    catalog.db.execute("update delivery set claimed_by = '1:0', attempts = 1")  # of a process that the update ended
    catalog.close()
    catalog = station.catalog()
    pipeline.recover(catalog)
    while pipeline.run_once(station, catalog):
        continue
    assert [row["state"] for row in catalog.db.query("select state from delivery")] == ["checked"]
    invariants.check(station, stick)


def older(path: Path, count: int) -> Path:
    """A catalog as the program of `count` steps left it, with one entry of the journal."""
    before = Migrations("lessonbox")
    for step in STEPS[:count]:
        before()(step)
    database = Database(path)
    before.apply(database)
    journal.append(database, "was.here", "box", {})
    database.conn.commit()
    database.conn.close()
    path.chmod(0o660)
    return path


def home(place: Path, count: int) -> Path:
    (place / "backup").mkdir(parents=True)
    return older(place / "catalog.db", count)


@pytest.mark.fault("F17")
def test_before_an_older_catalog_is_changed_a_copy_of_it_is_kept_that_the_older_program_can_use(tmp_path: Path) -> None:
    path = home(tmp_path / "county", 5)
    Catalog.open(path).close()
    copy = Catalog.open_copy(tmp_path / "county/backup/before-5.db")
    assert (copy.steps(), journal.verify(copy.db), copy.whole()) == (5, (1, None), True)
    Catalog.open(path).close()
    assert [one.name for one in (tmp_path / "county/backup").iterdir()] == ["before-5.db"]


@pytest.mark.fault("F17")
def test_after_a_failing_step_the_catalog_is_the_older_one_and_the_next_program_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = home(tmp_path / "county", len(STEPS) - 2)
    before = tables(Catalog.open_copy(path))

    def fails(db: Database) -> None:
        db.conn.execute("create table half (no integer)")
        db.conn.execute("insert into nowhere values (1)")

    with monkeypatch.context() as patched:
        patched.setattr(migrations, "_migrations", [*migrations._migrations, Migrations._Migration("fails", fails)])
        with pytest.raises(CatalogDamaged):
            Catalog.open(path)
        assert tables(Catalog(Database(path), path)) == before
    catalog = Catalog.open(path)
    assert (catalog.steps(), journal.verify(catalog.db)) == (len(STEPS), (1, None))


@pytest.mark.fault("F3", "F17")
def test_killed_before_the_steps_are_committed_the_catalog_is_the_older_one(tmp_path: Path) -> None:
    station = make_station(tmp_path / "county")
    (station.home / "catalog.db").unlink()
    path = older(station.home / "catalog.db", 5)
    assert run_lessonbox("lessons", "--home", station.home, failpoint="upgrade.before-commit").returncode == -9
    assert Catalog(Database(path), path).steps() == 5
    assert run_lessonbox("lessons", "--home", station.home).returncode == 0
    assert (station.catalog().steps(), Catalog.open_copy(station.home / "backup/before-5.db").steps()) == (
        len(STEPS),
        5,
    )


@pytest.mark.fault("F17")
def test_several_parts_that_open_an_older_catalog_at_once_all_find_it_brought_up(tmp_path: Path) -> None:
    path = home(tmp_path / "county", 5)
    with ThreadPoolExecutor(4) as parts:
        assert list(parts.map(lambda _: Catalog.open(path).steps(), range(4))) == [len(STEPS)] * 4


@pytest.mark.fault("F17")
def test_an_older_program_says_what_to_do_with_a_newer_catalog_and_changes_nothing(tmp_path: Path) -> None:
    station = make_station(tmp_path / "county")
    older(station.home / "backup/before-19.db", min(19, len(STEPS)))
    catalog = station.catalog()
    row = {"migration_set": "lessonbox", "name": "of_tomorrow", "applied_at": "2030-01-01"}
    catalog.db.table("_sqlite_migrations").insert(row)
    catalog.db.execute("pragma wal_checkpoint(truncate)")
    catalog.close()
    before = (station.home / "catalog.db").read_bytes()
    for words in (["lessons"], ["watch", "--once"], ["backup"]):
        done = run_lessonbox(*words, "--home", station.home)
        assert done.returncode == 38
        assert "新一版的程序改过" in done.stderr and "请再装一次新的一版" in done.stderr
        assert "backup/before-19.db" in done.stderr
    assert (station.home / "catalog.db").read_bytes() == before
    told = create_app(station).test_client().get("/login", headers={"Host": "127.0.0.1"})
    assert (told.status_code, "请再装一次新的一版" in told.text) == (500, True)
