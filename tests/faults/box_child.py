"""The box's work in a process that may die: from start-up until nothing is left to do, or until it is killed."""

from __future__ import annotations

import functools
import itertools
import os
import signal
import tempfile
import traceback
from pathlib import Path

from appliance import failpoint, pipeline
from appliance.commands.watch import start
from appliance.intake.rounds import Intake
from appliance.station import Station
from tests.conftest import make_station
from tests.intake.conftest import lay

KILLED, DONE = "killed", "done"
_MOST_ROUNDS = 20


def work(home: Path, kill_at: str = "", times: int = 1) -> str:
    """`kill_at`: a failpoint, passed for the `times`-th time. Raises `AssertionError` when the box failed by itself.
    No catalog may be open in this process: locks of SQLite do not survive a fork well."""
    _warm()
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            failpoint._target, failpoint._left = kill_at, times
            _everything(Station.open(home))
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)
    try:
        _, status = os.waitpid(pid, 0)
    except BaseException:  # interrupted: no box goes on behind the back of whoever cleans up
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        raise
    if os.WIFSIGNALED(status):
        return KILLED
    assert os.WEXITSTATUS(status) == 0, "the box ended with an error of its own"
    return DONE


@functools.cache
def _warm() -> None:
    """What the box loads and compiles late (the edition, its words, modules), once for all forks: a box of its own
    takes one lesson here, in this process."""
    with tempfile.TemporaryDirectory(prefix="lessonbox-warm-") as place:
        box = make_station(Path(place) / "county")
        lay(box.folder("drops/usb") / "预热", {"三年级数学《分数》教师甲/教学设计.txt": b"plan"})
        _everything(box)


def _everything(box: Station) -> None:
    """Time passes by ten seconds at each look, so quiet times and pauses are soon over."""
    start(box)
    catalog, clock = box.catalog(), itertools.count(1000.0, 10.0)
    intake = Intake(box, catalog, now=lambda: next(clock))
    for _ in range(_MOST_ROUNDS):
        if not intake.round()[1]:
            break
    while pipeline.run_once(box, catalog):
        continue
    catalog.close()
