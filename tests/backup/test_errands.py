"""Without systemd too, what a page asks for is carried out: a backup beside the work, a restore instead of it."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from appliance import heartbeat
from appliance.backup import recovery, state
from appliance.backup.disks import Disk
from appliance.backup.recovery import Keys
from appliance.backup.run import back_up
from appliance.station import Station
from tests.conftest import make_station
from tests.e2e.ports import free_port
from tests.faults.test_restore import kept


@contextmanager
def running(station: Station) -> Iterator[None]:
    words = [sys.executable, "-m", "appliance.cli", "run", "--port", str(free_port()), "--home", str(station.home)]
    process = subprocess.Popen(words)
    try:
        wait_for(lambda: heartbeat.read(station.folder("run"))["watch"]["alive"])
        yield
    finally:
        process.terminate()
        process.wait(30)


def wait_for(true: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.1)


@pytest.mark.slow
def test_a_restore_that_was_asked_for_waits_until_nothing_is_taken_in_and_then_the_box_goes_on(
    box: Station, disk: Disk, keys: Keys, tmp_path: Path
) -> None:
    back_up(box, disk, keys)
    fresh = make_station(tmp_path / "new", code="000000", more=f'backup_places = ["{disk.place}"]\n')
    recovery.keep_for_restoring(fresh.home, keys)
    with running(fresh):
        state.ask(fresh.home, state.Asked("restore", disk.id, "首次设置", 1))
        wait_for(lambda: state.get(fresh.home).step in ("done", "failed"))
        assert state.get(fresh.home).says == "恢复了 2 次投递，一份不少"
        wait_for(lambda: heartbeat.read(fresh.folder("run"))["watch"]["alive"])
        state.ask(fresh.home, state.Asked("backup", disk.id, "技术员甲"))
        wait_for(lambda: state.get(fresh.home).step in ("done", "failed"))
        assert state.get(fresh.home).step == "done"
    assert kept(Station.open(fresh.home)) == kept(box)
