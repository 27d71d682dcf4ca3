"""F17: a box is updated amid its queue. Every older state of the tables becomes today's, and the queue goes on."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlite_utils import Database, Migrations

from appliance import pipeline
from appliance.catalog import Catalog
from appliance.catalog.schema import STEPS
from appliance.intake.parcel import Parcel
from appliance.intake.receive import receive
from appliance.station import Station
from tests import invariants
from tests.intake.conftest import lay


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
