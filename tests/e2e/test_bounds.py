"""I8: a box that is checking a film stays small, and its health page answers at once throughout."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from appliance import heartbeat
from appliance.station import Station
from tests import invariants, samples
from tests.conftest import make_station
from tests.e2e.ports import free_port

PATIENCE = 240
HEALTH_SECONDS = 1.0
MOST_CHILDREN = 4  # a look of each worker, each with its player


@pytest.fixture
def box(tmp_path: Path) -> Iterator[tuple[Station, int]]:
    port = free_port()
    station = make_station(tmp_path / "county", more=f"port = {port}\n")
    process = subprocess.Popen([sys.executable, "-m", "appliance.cli", "run", "--home", str(station.home)])
    until(lambda: all(part["alive"] for part in heartbeat.read(station.folder("run")).values()))
    yield station, port
    process.terminate()
    assert process.wait(30) == 0


def until(condition) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.mark.slow
def test_a_box_amid_a_full_check_is_small_and_healthy(box: tuple[Station, int], tmp_path: Path) -> None:
    station, port = box
    catalog = station.catalog()
    watcher = psutil.Process(heartbeat.read(station.folder("run"))["watch"]["pid"])
    samples.lay("good", tmp_path / "stick")
    (tmp_path / "stick").rename(station.folder("drops/usb") / "stick")
    seen, slowest = set(), 0.0

    def checked() -> bool:
        nonlocal slowest
        row = catalog.db.execute("select state from delivery").fetchone()
        seen.add(row[0] if row else "")
        invariants.bounded(watcher.pid)
        assert len(watcher.children(recursive=True)) <= MOST_CHILDREN
        slowest = max(slowest, health_seconds(port))
        return row is not None and row[0] == "checked"

    until(checked)
    assert "answered" in seen
    assert slowest < HEALTH_SECONDS
    until(lambda: not watcher.children(recursive=True))


def health_seconds(port: int) -> float:
    start = time.monotonic()
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=10) as answer:
        assert json.load(answer)["ok"] is True
    return time.monotonic() - start
