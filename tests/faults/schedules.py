"""Random schedules of what people and power do to a box: drops, pulls, changes, duplicates, kills. Each is run on two
boxes, of which one is never killed; at the end both must be the same (I2), and every invariant must hold.

What a kill may lose here is what a process held: the page cache survives it, on a disk as in memory. So the boxes live
in memory where that can be; what a power cut loses is asked in `tests/crash` and `tests/image/power`.
"""

from __future__ import annotations

import atexit
import functools
import os
import shutil
import sys
import tempfile
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from appliance.failpoint import FAILPOINTS
from appliance.station import Station
from tests import invariants
from tests.conftest import make_station
from tests.faults.box_child import work
from tests.intake.conftest import half_video, zipped

ROOMS = ("store", "intake", "unpack", "identify", "answer", "look", "check", "journal")
POINTS = sorted(point for point in FAILPOINTS if point.split(".")[0] in ROOMS)
LESSONS = ("三年级数学《分数》教师甲", "四年级语文《春天》教师乙", ".隐藏")
NAMES = ("教学设计.txt", "学习任务单.txt", "微课视频.mp4", "全部.zip", "坏.zip", "~$锁.docx")
CONTENTS = {
    "plan": b"plan", "sheet": b"sheet" * 400, "big": b"0123456789" * 30_000, "empty": b"", "half": half_video(),
    "zip": zipped({"教学设计.txt": b"plan", "Thumbs.db": b"t", "图/一.txt": b"one"}),
    "bad zip": zipped({"../外.txt": b"x"}), "no zip": b"PK\x03\x04 but no",
}  # fmt: skip
STICKS = ("张老师", "李老师", "王老师")
names = st.tuples(st.sampled_from(LESSONS), st.sampled_from(NAMES)).map("/".join)
kills = st.lists(st.tuples(st.sampled_from(POINTS), st.integers(1, 6)), max_size=2)


class Schedule(RuleBasedStateMachine):
    @initialize()
    def two_boxes(self) -> None:
        self.place = Path(tempfile.mkdtemp(prefix="lessonbox-schedule-", dir=_memory()))
        self.hurt, self.calm = (_fresh(self.place / name) for name in ("hurt", "calm"))
        self.away: set[str] = set()

    def both(self) -> tuple[Station, Station]:
        return self.hurt, self.calm

    def here(self, box: Station, stick: str) -> Path:
        return (box.home.parent / f"{box.home.name}-away" if stick in self.away else box.folder("drops/usb")) / stick

    @rule(stick=st.sampled_from(STICKS), name=names, content=st.sampled_from(sorted(CONTENTS)))
    def put(self, stick: str, name: str, content: str) -> None:
        """A new file, or another content under an old name; on a stick in its socket or in somebody's hand."""
        for box in self.both():
            path = self.here(box, stick) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(CONTENTS[content])

    @rule(stick=st.sampled_from(STICKS), name=names)
    def remove(self, stick: str, name: str) -> None:
        for box in self.both():
            (self.here(box, stick) / name).unlink(missing_ok=True)

    @rule(stick=st.sampled_from(STICKS))
    def pull_or_plug(self, stick: str) -> None:
        for box in self.both():
            there = self.here(box, stick)
            other = box.home.parent / f"{box.home.name}-away" if stick not in self.away else box.folder("drops/usb")
            if there.exists():
                other.mkdir(exist_ok=True)
                there.rename(other / stick)
        self.away ^= {stick}

    @rule(killed=kills)
    def box_works(self, killed: list[tuple[str, int]]) -> None:
        for point, times in killed:
            work(self.hurt.home, point, times)
            invariants.check(self.hurt)
        for box in self.both():
            work(box.home)
        invariants.check(self.hurt)

    def teardown(self) -> None:
        """After a failure or an interrupt amid a step the two boxes were not told the same: nothing is compared."""
        try:
            if hasattr(self, "hurt") and sys.exc_info()[0] is None:
                self.box_works([])
                assert invariants.end_state(self.hurt) == invariants.end_state(self.calm), "I2: kills changed the end"
        finally:
            shutil.rmtree(getattr(self, "place", "/nowhere"), ignore_errors=True)


def _memory() -> str | None:
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


@functools.cache
def _pattern() -> Path:
    place = tempfile.mkdtemp(prefix="lessonbox-pattern-", dir=_memory())
    atexit.register(shutil.rmtree, place)
    return make_station(Path(place) / "county").home


def _fresh(home: Path) -> Station:
    shutil.copytree(_pattern(), home)
    return Station.open(home)
