"""Sticks as schools bring them: twenty lessons, a stick of 30 MB/s, 20,000 small files; the first slip; memory."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from appliance import pipeline
from appliance.intake.parcel import Parcel
from appliance.intake.receive import receive
from appliance.reports.delivery import delivery_view
from appliance.reports.slip import slip
from tests import samples
from tests.bench.intake import sh, take
from tests.bench.table import Row, compare, seconds
from tests.conftest import make_station
from tests.faults import sticks

MB = 1_000_000
_FILES = ("微课视频.mp4", "教学设计.docx", "学习任务单.docx", "课件.pptx", "作业练习.docx", "实验说明.pdf")
_MEMORY = """
import resource, sys
from pathlib import Path
from tests.bench.intake import take
take(Path(sys.argv[1]), Path(sys.argv[2]))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def rows(place: Path) -> list[Row]:
    return [*_lessons(place), *_slow(place), *_small(place), _first_slip(place), *_memory(place)]


def lay(stick: Path, lessons: int, film: int) -> int:
    """Bytes. Random ones: what is packed already does not shrink, and no two files are the same."""
    chance, size = random.Random(1), 0
    for number in range(lessons):
        folder = stick / f"示例{number % 5}小/三年级数学《第{number}课》教师甲"
        folder.mkdir(parents=True)
        for name in _FILES:
            content = chance.randbytes(film if name.endswith("mp4") else 100_000)
            (folder / name).write_bytes(content)
            size += len(content)
    return size


def _lessons(place: Path) -> list[Row]:
    stick, copied, home = place / "stick20", place / "copied", place / "county"
    size = lay(stick, 20, 40 * MB)
    fresh = _fresh(copied, home)
    ours = seconds(lambda: take(home, stick), fresh)
    others = {
        "cp -r + sync": f"cp -r '{stick}' '{copied}' && sync -f '{copied}'",
        "rsync -a + sync": f"rsync -a '{stick}/' '{copied}/' && sync -f '{copied}'",
        "cp -r + sync + sha256sum": f"cp -r '{stick}' '{copied}' && sync -f '{copied}'"
        f" && find '{copied}' -type f -exec sha256sum {{}} + > '{place}/sums'",
    }
    what = f"收件 20 课 × 6 个文件，{size / 1e9:.2f} GB"
    return [compare(what, ours, name, seconds(lambda c=words: sh(c), fresh)) for name, words in others.items()]  # type: ignore[misc]


def _slow(place: Path) -> list[Row]:
    if sticks.NO_FUSE:
        return [Row("30 MB/s 的 U 盘", f"没有试：{sticks.NO_FUSE}")]
    inside, copied, home = place / "inside", place / "copied", place / "county"
    size = lay(inside, 6, 40 * MB)
    fresh = _fresh(copied, home)
    with sticks.sick(inside, place / "usb", cached=True) as stick:
        stick.order(rate=30 * MB)
        ours = seconds(lambda: take(home, stick.path), fresh)
        bare = seconds(lambda: sh(f"cp -r '{stick.path}' '{copied}' && sync -f '{copied}'"), fresh)
    return [compare(f"30 MB/s 的 U 盘，{size / MB:.0f} MB", ours, "cp -r + sync", bare)]


def _small(place: Path) -> list[Row]:
    stick, copied, home = place / "many", place / "copied", place / "county"
    for folder in range(200):
        (stick / str(folder)).mkdir(parents=True)
        for number in range(100):
            (stick / str(folder) / f"{number}.txt").write_bytes(b"%d %d" % (folder, number) * 200)
    fresh = _fresh(copied, home)
    ours = seconds(lambda: take(home, stick), fresh, 1)
    bare = seconds(lambda: sh(f"cp -r '{stick}' '{copied}' && sync -f '{copied}'"), fresh, 1)
    return [compare("收件 20,000 个小文件", ours, "cp -r + sync", bare)]


def _first_slip(place: Path) -> Row:
    stick, home = place / "one", place / "slip"
    samples.lay("junior", stick)
    station = make_station(home)
    catalog = station.catalog()
    no = receive(station, catalog, Parcel("usb", "U 盘", stick))
    start = time.perf_counter()
    for _ in pipeline.TO_THE_ANSWER:
        pipeline.run_once(station, catalog, only=no, stages=pipeline.TO_THE_ANSWER)
    slip(delivery_view(catalog.db, no, station.edition()))
    return Row("最后一个字节到第一张通知单", f"{time.perf_counter() - start:.1f} s，另加等写完的 5 s")


def _memory(place: Path) -> list[Row]:
    found = []
    for size in (10 * MB, 3000 * MB):
        stick, home = place / f"memory{size}", place / f"box{size}"
        stick.mkdir()
        with (stick / "录像.bin").open("wb") as file:
            file.truncate(size)
        make_station(home)
        words = [sys.executable, "-c", _MEMORY, str(home), str(stick)]
        used = int(subprocess.run(words, check=True, capture_output=True, text=True).stdout) * 1024 / MB
        found.append(Row(f"收一个 {size / MB:.0f} MB 的文件，内存", f"{used:.0f} MB"))
        shutil.rmtree(home)
    return found


def _fresh(copied: Path, home: Path) -> Callable[[], None]:
    def prepare() -> None:
        for folder in (copied, home):
            shutil.rmtree(folder, ignore_errors=True)
        make_station(home)

    return prepare
