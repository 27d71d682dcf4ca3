"""F3 for the store and the catalog: what was acknowledged before the plug was pulled is there afterwards."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from appliance import journal
from appliance.station import Station
from tests.conftest import make_station
from tests.crash import cut

pytestmark = pytest.mark.skipif(bool(cut.can_cut()), reason=cut.can_cut() or "-")
CUTS = 6


@pytest.mark.fault("F3")
def test_every_acknowledged_row_and_its_bytes_survive_a_power_cut(tmp_path: Path) -> None:
    lost, total = power_cuts(tmp_path, [])
    assert total > CUTS, "the writer hardly wrote: the test proves nothing"
    assert lost == []


@pytest.mark.fault("F3")
def test_without_fsync_the_same_cuts_lose_rows_so_the_test_can_fail(tmp_path: Path) -> None:
    lost, _ = power_cuts(tmp_path, ["eatmydata"])
    assert lost != []


def power_cuts(tmp_path: Path, wrapper: list[str]) -> tuple[list[str], int]:
    """(what was acknowledged and is gone or torn, how much was acknowledged at all)."""
    image, copy = tmp_path / "disk.img", tmp_path / "cut.img"
    cut.make_image(image, 96)
    lost: list[str] = []
    with cut.mounted(image, tmp_path / "disk") as disk:
        home = make_station(disk / "county").home
        os.sync()  # the test's own settings file; from here on nothing is synced but by the box
        with running_writer(wrapper, home) as writer:
            acknowledged: list[str] = []
            for _ in range(CUTS):
                time.sleep(0.25)
                acknowledged += read_ready(writer)
                cut.cut(writer, image, copy)
                with cut.mounted(copy, tmp_path / "after") as after:
                    lost += what_is_lost(Station.open(after / "county"), acknowledged)
    return lost, len(acknowledged)


@contextmanager
def running_writer(wrapper: list[str], home: Path) -> Iterator[subprocess.Popen]:
    command = [*wrapper, sys.executable, "-m", "tests.crash.writer", str(home)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def read_ready(writer: subprocess.Popen) -> list[str]:
    """Whole lines that are there now; what is acknowledged later does not count for this cut."""
    assert writer.stdout is not None
    fcntl.fcntl(writer.stdout, fcntl.F_SETFL, os.O_NONBLOCK)
    text = writer.stdout.read() or b""
    return [line for line in text.decode().split("\n") if len(line) == 64]


def what_is_lost(station: Station, acknowledged: list[str]) -> list[str]:
    catalog, store = station.catalog(), station.store()
    known = {row["sha256"] for row in catalog.db.query("select sha256 from blob")}
    gone = [sha256 for sha256 in acknowledged if sha256 not in known]
    torn = [sha256 for sha256 in known if not store.verify(sha256)]
    chain = [] if journal.verify(catalog.db)[1] is None else ["journal"]
    catalog.close()
    return gone + torn + chain
