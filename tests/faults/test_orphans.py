"""Bytes that no delivery received are listed with the reason, and given up only when old and asked for."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path

import pytest

from appliance import orphans
from appliance.catalog import Catalog
from appliance.errors import NotAllowed
from appliance.model import Moment
from appliance.station import Station
from tests import invariants
from tests.conftest import run_lessonbox
from tests.faults.test_restore import hand_in


def aged(station: Station, content: bytes, days: float) -> str:
    blob = station.store().put(io.BytesIO(content))
    path, at = station.store().path(blob.sha256), station.store().path(blob.sha256).stat().st_mtime - days * 86_400
    os.utime(path, (at, at))
    return blob.sha256


@pytest.mark.fault("F1")
def test_only_what_is_old_and_waits_for_no_stick_is_given_up_and_the_journal_says_why(
    station: Station, catalog: Catalog
) -> None:
    catalog.close()
    hand_in(station, "甲")
    old, young, waiting = aged(station, b"old", 31), aged(station, b"young", 29), aged(station, b"waiting", 31)
    station.store().partial("k").path.parent.mkdir()
    station.store().partial("k").end(waiting)
    done = run_lessonbox("fixity", "--sweep", "--json", "--home", station.home)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["swept"], sorted(told["extra"])) == ([old], sorted([old, young, waiting]))
    assert [sha256 in station.store() for sha256 in (old, young, waiting)] == [False, True, True]
    again = station.catalog()
    row = again.db.execute("select data from event where kind = 'orphans.swept'").fetchone()
    assert json.loads(row[0])["reason"] == "没有一次投递收下它"
    assert "等它再来" in run_lessonbox("fixity", "--home", station.home).stdout
    invariants.check(station)


@pytest.mark.fault("F8")
def test_with_a_clock_that_nobody_trusts_nothing_is_given_up(
    station: Station, catalog: Catalog, tmp_path: Path
) -> None:
    old = aged(station, b"old", 31)
    with pytest.raises(NotAllowed):
        orphans.sweep(station, catalog, Moment("1970-01-01T00:00:00+08:00", "unknown"))
    assert old in station.store()
