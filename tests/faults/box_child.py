"""The box's work in a process that may die: from start-up until nothing is left to do, or until it is killed."""

from __future__ import annotations

import functools
import importlib
import itertools
import os
import traceback
from pathlib import Path

from appliance import failpoint, pipeline, probes
from appliance.commands.watch import start
from appliance.intake.rounds import Intake
from appliance.station import Station

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
    _, status = os.waitpid(pid, 0)
    if os.WIFSIGNALED(status):
        return KILLED
    assert os.WEXITSTATUS(status) == 0, "the box ended with an error of its own"
    return DONE


@functools.cache
def _warm() -> None:
    """What the box loads late, once for all forks."""
    importlib.import_module("pypinyin")
    probes.tools()


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
