"""F18: a month of a county in minutes. A watching box, sticks that come, change and are pulled, kills; from a seed."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time

import psutil
import pytest

from appliance.catalog import Catalog
from appliance.station import Station
from tests import invariants
from tests.faults.schedules import CONTENTS
from tests.intake.conftest import lay
from tests.pipeline.test_watch import wait_for

LESSONS = int(os.environ.get("SOAK_LESSONS", "500"))
SEED = int(os.environ.get("SOAK_SEED", "20240901"))
_KILLS, _GROWTH = 10, 1.3  # kills in all; resident memory of the last quarter against the second


def begun(station: Station) -> subprocess.Popen:
    return subprocess.Popen([sys.executable, "-m", "appliance.cli", "watch", "--home", str(station.home)])


def at_rest(station: Station, catalog: Catalog) -> bool:
    """Every stick that is there was taken, every delivery checked."""
    waiting = catalog.db.execute("select count(*) from delivery where state <> 'checked'").fetchone()[0]
    rows = catalog.db.execute("select name from drop_ where present and state = 'done'")
    return bool(waiting == 0 and {row[0] for row in rows} == set(os.listdir(station.folder("drops/usb"))))


@pytest.mark.slow
@pytest.mark.fault("F18")
def test_a_month_of_sticks_pulls_changes_and_kills_breaks_nothing_and_nothing_grows(
    station: Station, catalog: Catalog
) -> None:
    chance, box = random.Random(SEED), begun(station)
    kills = set(chance.sample(range(LESSONS // 2, LESSONS - LESSONS // 4), _KILLS)) if LESSONS > 40 else {LESSONS // 2}
    used: list[tuple[int, int]] = []
    here: list[str] = []
    for day in range(LESSONS):
        name = f"第{day}个"
        files = {
            f"示例{day % 30}小/三年级数学《第{day}课》教师甲/{kind}": CONTENTS[chance.choice(sorted(CONTENTS))]
            + b"%d" % day
            for kind in chance.sample(("教学设计.txt", "学习任务单.txt", "全部.zip", "微课视频.mp4", "Thumbs.db"), 3)
        }
        lay(station.folder("drops/usb") / name, files)
        here.append(name)
        if chance.random() < 0.7 and len(here) > 3:
            shutil.rmtree(station.folder("drops/usb") / here.pop(0), ignore_errors=True)
        if day in kills:
            box.kill()
            box.wait()
            box = begun(station)
        if day % 20 == 19:
            wait_for(lambda: at_rest(station, catalog), 300)
            invariants.bounded(box.pid)
            process = psutil.Process(box.pid)
            used.append((process.memory_info().rss, process.num_fds()))
        time.sleep(0.05)
    wait_for(lambda: at_rest(station, catalog), 600)
    quarter = max(1, len(used) // 4)
    early, late = used[quarter : 2 * quarter] or used, used[-quarter:]
    for which in (0, 1):
        assert max(one[which] for one in late) <= _GROWTH * max(one[which] for one in early), used
    box.terminate()
    assert box.wait(20) == 0
    invariants.check(station)
