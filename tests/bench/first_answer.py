"""How soon the first answer is there after the last byte was copied."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import psutil

from appliance.catalog import Catalog
from appliance.station import Station
from tests.bench.check import film
from tests.bench.table import Row
from tests.conftest import make_station
from tests.samples import lessons
from tests.samples.kinds import KINDS

_MOST_S = 300


def rows(place: Path) -> list[Row]:
    seconds, cpu = first_answer(place)
    return [Row("拷完到初步检查，同时在查前一节课", f"{seconds:.1f} s，这段时间盒子共用 {cpu:.1f} CPU 秒")]


def first_answer(place: Path) -> tuple[float, float]:
    """Seconds from the row of the delivery, which is written when the last byte is safe, to its first answer, by a
    real watcher, amid the full check of a lesson before; and the CPU seconds of the watcher and its children in it."""
    station = make_station(place / "county")
    for number in (1, 2):
        stick = place / f"stick{number}" / f"《分数的初步认识 {number}》教师甲"
        stick.mkdir(parents=True)
        lessons.papers(KINDS["good"].words, stick)
        os.link(film(), stick / "微课视频.mp4") if number == 1 else _another(film(), stick / "微课视频.mp4")
    words = [sys.executable, "-m", "appliance.cli", "watch", "--home", str(station.home)]
    watcher = subprocess.Popen(words)
    try:
        for number in (1, 2):
            (place / f"stick{number}").rename(station.folder("drops/usb") / f"stick{number}")
            found = _wait(station, number, watcher.pid)
        return found
    finally:
        watcher.terminate()
        watcher.wait()


def _another(path: Path, target: Path) -> None:
    """The same film with other bytes, so that nothing is known of it."""
    subprocess.run(["cp", str(path), str(target)], check=True)
    with target.open("r+b") as file:
        file.seek(-40, os.SEEK_END)
        file.write(b"x")


def _wait(station: Station, no: int, watcher: int) -> tuple[float, float]:
    catalog, end = station.catalog(), time.monotonic() + _MOST_S
    received, spent = 0.0, 0.0
    while time.monotonic() < end:
        state = _state(catalog, no)
        if state and not received:
            received, spent = time.monotonic(), _spent(watcher)
        if state in ("answered", "checked"):
            catalog.close()
            return time.monotonic() - received, _spent(watcher) - spent
        time.sleep(0.02)
    raise TimeoutError(f"delivery {no} had no first answer within {_MOST_S} s")


def _state(catalog: Catalog, no: int) -> str:
    row = catalog.db.execute("select state from delivery where no = ?", [no]).fetchone()
    return row[0] if row else ""


def _spent(watcher: int) -> float:
    """CPU seconds of a process and its children, dead ones included."""
    times = psutil.Process(watcher).cpu_times()
    living = 0.0
    for child in psutil.Process(watcher).children(recursive=True):
        try:
            used = child.cpu_times()
            living += used.user + used.system + used.children_user + used.children_system
        except psutil.NoSuchProcess:
            continue
    return float(times.user + times.system + times.children_user + times.children_system + living)
