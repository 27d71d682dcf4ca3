"""What the checks of a lesson of twelve minutes cost: each look as a share of the running time, all of them against
decoding the whole film once, and how soon the first answer is there after the last byte was copied."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from appliance.catalog import Catalog
from appliance.model import Turn
from appliance.probes import plan, probing
from appliance.station import Station
from tests.bench.table import Row
from tests.conftest import make_station
from tests.samples import lessons, video
from tests.samples.cache import built
from tests.samples.kinds import KINDS

ROUNDS = 30  # of 24 s: twelve minutes
SECONDS = ROUNDS * video.BODY_S
DECODED = SECONDS / 10


@dataclass
class Cost:
    """`cpu`: seconds of all children; `peak`: MB resident, of all that ran at the same time."""

    cpu: float = 0.0
    peak: float = 0.0


def film() -> Path:
    """Full HD, 25 frames a second, 8 Mbps: 24 s are encoded and joined thirty times."""
    words = KINDS["good"].words
    cut = video.Cut("fractions", ROUNDS, words.card, lessons.FULL)
    return built("bench-12min.mp4", lambda out: video.film(cut, out), media=True)


def rows(place: Path) -> list[Row]:
    costs, part = looks(film()), cost(lambda: decode(film()))
    decoded = part.cpu * SECONDS / DECODED
    lines = [Row(f"检查 12 分钟视频：{name}", told(one)) for name, one in costs.items()]
    total = Cost(sum(one.cpu for one in costs.values()), max(one.peak for one in costs.values()))
    whole = Row("检查 12 分钟视频：全部", told(total), "ffmpeg 解码一遍（由一成推算）", f"{decoded:.1f} CPU 秒",
                total.cpu / decoded)  # fmt: skip
    return [*lines, whole, Row("拷完到初步检查", f"{first_answer(place):.1f} s")]


def told(one: Cost) -> str:
    return f"{one.cpu:.2f} CPU 秒，片长的 {one.cpu / SECONDS:.2%}，最多 {one.peak:.0f} MB"


def looks(path: Path) -> dict[str, Cost]:
    """By the name of the look, in the order in which they are taken; `container` is the first, of the sort."""
    costs: dict[str, Cost] = {}
    steps, media = probing(path, Turn.FULL, keep=lambda name, data: None), dict[str, Any]()

    def step() -> None:
        nonlocal media
        media = next(steps, {})

    while True:
        before = set(media)
        spent = cost(step)
        if not media:
            return costs
        name = next((one for one in media if one in plan.BY_NAME and one not in before), "container")
        costs[name] = spent


def decode(path: Path) -> None:
    """The film is thirty times the same: a tenth tells of the whole."""
    command = ["ffmpeg", "-nostdin", "-v", "error", "-threads", "1", "-t", str(DECODED), "-i", str(path)]
    subprocess.run([*command, "-f", "null", "-"], check=True)


def cost(act: Callable[[], object]) -> Cost:
    found, ended = Cost(), threading.Event()
    watcher = threading.Thread(target=_watch, args=(found, ended))
    before = _cpu()
    watcher.start()
    act()
    ended.set()
    watcher.join()
    found.cpu = _cpu() - before
    return found


def _watch(found: Cost, ended: threading.Event) -> None:
    me = psutil.Process()
    while not ended.wait(0.05):
        resident = 0.0
        for child in me.children(recursive=True):
            try:
                resident += child.memory_info().rss / 1e6
            except psutil.NoSuchProcess:
                continue
        found.peak = max(found.peak, resident)


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def first_answer(place: Path) -> float:
    """Seconds from the row of the delivery, which is written when the last byte is safe, to its first answer; by a
    real watcher, amid the full check of a lesson before."""
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
            seconds = _wait(station, number)
        return seconds
    finally:
        watcher.terminate()
        watcher.wait()


def _another(path: Path, target: Path) -> None:
    """The same film with other bytes, so that nothing is known of it."""
    subprocess.run(["cp", str(path), str(target)], check=True)
    with target.open("r+b") as file:
        file.seek(-40, os.SEEK_END)
        file.write(b"x")


def _wait(station: Station, no: int) -> float:
    catalog = station.catalog()
    received = 0.0
    while True:
        state = _state(catalog, no)
        if state and not received:
            received = time.monotonic()
        if state in ("answered", "checked"):
            catalog.close()
            return time.monotonic() - received
        time.sleep(0.02)


def _state(catalog: Catalog, no: int) -> str:
    row = catalog.db.execute("select state from delivery where no = ?", [no]).fetchone()
    return row[0] if row else ""
