"""Resident memory of each part of the box: idle, and while a stick of three lessons is taken and checked."""

from __future__ import annotations

import time
from pathlib import Path

import psutil

from appliance import heartbeat
from tests import demo
from tests.bench.table import Row
from tests.e2e.ports import free_port


def rows(place: Path) -> list[Row]:
    places = demo.Places(place, free_port(), free_port(), free_port())
    demo.make_stations(places)
    box = demo.start(places.county)
    try:
        idle = settled(places.county)
        demo.plug_in(places, "small")
        busy, children = busiest(places.county, box.pid)
    finally:
        demo.stop([box])
    parts = [
        Row(f"内存：{name}", f"空闲 {idle[part]:.0f} MB，最忙 {busy[part]:.0f} MB")
        for part, name in heartbeat.PARTS.items()
    ]
    return [*parts, Row("内存：检查文件的子进程", f"最忙 {children:.0f} MB")]


def settled(home: Path) -> dict[str, float]:
    """MB of each part once all three say that they are alive, some seconds later."""
    while not all(part["alive"] for part in heartbeat.read(home / "run").values()):
        time.sleep(0.5)
    time.sleep(5)
    return resident(home)


def busiest(home: Path, box: int, quiet_seconds: float = 15) -> tuple[dict[str, float], float]:
    """The highest MB seen of each part, and of any other child, until no child has run for a while."""
    highest, child, last = resident(home), 0.0, time.monotonic()
    while time.monotonic() - last < quiet_seconds:
        parts = {part["pid"] for part in heartbeat.read(home / "run").values()}
        for process in psutil.Process(box).children(recursive=True):
            if process.pid not in parts:
                try:
                    child = max(child, process.memory_info().rss / 1e6)
                    last = time.monotonic()
                except psutil.NoSuchProcess:
                    continue
        highest = {part: max(mb, highest[part]) for part, mb in resident(home).items()}
        time.sleep(0.1)
    return highest, child


def resident(home: Path) -> dict[str, float]:
    beats = heartbeat.read(home / "run")
    return {part: psutil.Process(beat["pid"]).memory_info().rss / 1e6 for part, beat in beats.items()}
