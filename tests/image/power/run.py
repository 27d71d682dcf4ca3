"""One run of the workload on a disk that writes everything down, and what a cut disk is held against."""

from __future__ import annotations

import gc
import json
import shutil
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from appliance.errors import BoxError
from appliance.station import Station
from tests import invariants, samples
from tests.conftest import make_station
from tests.crash import cut

MEGABYTES = 256


def can_run() -> str:
    """Why it cannot be tried here; "" when it can."""
    if why := cut.can_cut():
        return why
    try:
        import mfusepy  # noqa: F401
    except (ImportError, OSError) as error:
        return f"{error}: make install-dev"
    return "" if Path("/dev/fuse").exists() else "no /dev/fuse here"


def lay_sticks(place: Path, count: int) -> None:
    """Designs whose documents differ from stick to stick, so that each has bytes of its own."""
    for number in range(count):
        lesson = samples.lay("design_only", place / f"stick-{number:03}")
        for document in lesson.glob("*.docx"):
            with zipfile.ZipFile(document, "a") as archive:
                archive.comment = b"%08d" % number


def record(place: Path, sticks: int, wrapper: tuple[str, ...] = ()) -> None:
    """Leaves before.img, log and acknowledged.jsonl in `place`. `wrapper`: what the workload is run under."""
    lay_sticks(place / "sticks", sticks)
    cut.make_image(place / "disk.img", MEGABYTES)
    with cut.mounted(place / "disk.img", place / "disk"):
        make_station(place / "disk/county")
    shutil.copy(place / "disk.img", place / "before.img")
    with _logging(place) as disk, cut.mounted(disk, place / "disk"), _plugged(place):
        words = [*wrapper, sys.executable, "-m", "tests.image.power.workload", place / "disk/county"]
        words += [place / "county-sticks", place / "log", place / "acknowledged.jsonl"]
        subprocess.run(list(map(str, words)), check=True)


@contextmanager
def _plugged(place: Path) -> Iterator[None]:
    """Sticks are not on the box's disk: what plays them comes from outside of it."""
    outside = place / "county-sticks"
    (place / "sticks").rename(outside)
    (place / "playing").mkdir()
    target = place / "disk/county/drops/usb"
    subprocess.run(["mount", "--bind", place / "playing", target], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", target], check=True)


@contextmanager
def _logging(place: Path) -> Iterator[Path]:
    at = place / "fuse"
    at.mkdir()
    words = [sys.executable, "-m", "tests.image.power.log_disk", place / "disk.img", place / "log", at]
    process = subprocess.Popen(list(map(str, words)))
    try:
        _patiently(lambda: (at / "disk").exists())
        yield at / "disk"
    finally:
        # The loop device lets go of its file a moment after it is unmounted.
        _patiently(lambda: subprocess.run(["umount", at], capture_output=True).returncode == 0)
        process.wait(30)


def _patiently(done: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "the logging disk neither came nor went"
        time.sleep(0.1)


def acknowledged(place: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (place / "acknowledged.jsonl").read_text().splitlines()]


def damage(disk: Path, at: Path, before: list[dict[str, Any]]) -> list[str]:
    """What a cut disk lacks of what was said to be done `before` the cut; [] when nothing. The file system is mended
    first, as at every start."""
    checked = subprocess.run(["e2fsck", "-p", "-f", disk], capture_output=True, text=True)
    if checked.returncode > 1:
        return [f"e2fsck {checked.returncode}: {checked.stdout[-200:]}"]
    with cut.mounted(disk, at):
        found = _judged(at / "county", before)
        gc.collect()  # a catalog that would not open may still hold its file
        return found


def _judged(home: Path, before: list[dict[str, Any]]) -> list[str]:
    try:
        station = Station.open(home)
        invariants.check(station)
        return missing(station, before)
    except (AssertionError, BoxError, OSError, sqlite3.Error) as error:
        return [f"{type(error).__name__}: {str(error)[:200]}"]


def missing(station: Station, before: list[dict[str, Any]]) -> list[str]:
    catalog = station.catalog()
    receipts = {row["no"]: row["receipt"] for row in catalog.db.query("select no, receipt from delivery")}
    counts = catalog.db.query("select lesson, count(*) as made from decision group by lesson")
    made = {row["lesson"]: row["made"] for row in counts}
    catalog.close()
    lost = []
    for said in before:
        if "delivery" in said and receipts.get(said["delivery"]) != said["receipt"]:
            lost.append(f"delivery {said['delivery']}")
        if "lesson" in said and made.get(said["lesson"], 0) < said["decisions"]:
            lost.append(f"decision {said['decisions']} on lesson {said['lesson']}")
    return lost
