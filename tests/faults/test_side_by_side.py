"""Several sticks at once, on a watching box: a small one is not behind a large one (F12)."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from appliance import heartbeat
from appliance.catalog import Catalog
from appliance.station import Station
from tests import invariants
from tests.faults import sticks
from tests.intake.conftest import fates, lay, shown
from tests.pipeline.test_watch import wait_for

pytestmark = pytest.mark.skipif(bool(sticks.NO_FUSE), reason=sticks.NO_FUSE or "-")


@pytest.fixture
def watcher(station: Station) -> Iterator[subprocess.Popen]:
    process = subprocess.Popen([sys.executable, "-m", "appliance.cli", "watch", "--home", str(station.home)])
    wait_for(lambda: heartbeat.read(station.folder("run"))["watch"]["alive"])
    yield process
    process.kill()
    process.wait()


@pytest.mark.fault("F12")
def test_a_small_stick_is_done_while_a_large_one_is_still_copied_and_one_hangs(
    station: Station, catalog: Catalog, watcher: subprocess.Popen, usb: Path, tmp_path: Path
) -> None:
    large = lay(tmp_path / "large", {"大.bin": os.urandom(60_000_000)})
    small = lay(tmp_path / "small", {"课/教案.docx": b"plan"})
    with sticks.sick(large, usb / "大") as slow, sticks.sick(small, usb / "挂住") as hanging:
        slow.order(rate=5_000_000)
        hanging.order(hang=60)
        wait_for(lambda: [row[1] for row in shown(catalog)].count("copying") == 2)
        with sticks.sick(small, usb / "小"):
            began = time.monotonic()
            wait_for(lambda: ("小", "done") in [row[:2] for row in shown(catalog)])
            assert time.monotonic() - began < 8
            states = {row[0]: row[1] for row in shown(catalog)}
            assert states == {"大": "copying", "挂住": "copying", "小": "done"}
            invariants.bounded(watcher.pid)
            hanging.order()
            slow.order()
            wait_for(lambda: [row[1] for row in shown(catalog)] == ["done"] * 3, 60)
    wait_for(lambda: {row["state"] for row in catalog.db.query("select state from delivery")} == {"checked"}, 60)
    assert sorted(len(fates(catalog, no)) for no in (1, 2, 3)) == [1, 1, 1]
    invariants.check(station)
