"""The way of a delivery, step by step: claim → run → commit. Identified, answered in the first turn, checked in full.

1. `claim`: a conditional update; the attempt is counted before the work begins (F14).
2. The step works: long, repeatable, writes nothing that counts.
3. One transaction: what came of it, the next state, the journal entry.
Who works may ask for a stop: then the step is given back, and what its looks found stays.
A step that fails waits and is tried again; after three attempts the delivery is parked with its reason and
the queue goes on. A step that kills the process is found at the next start by the claim of a dead worker.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from appliance import failpoint, journal
from appliance.catalog import Catalog, claims, deliveries
from appliance.errors import BoxError
from appliance.intake import checking, sorting
from appliance.intake.measuring import Stopped, Stopping, never
from appliance.model import DeliveryState
from appliance.station import Station

Commit = Callable[[Database], Mapping[str, Any]]
"""Writes what a step found, inside the pipeline's transaction; returns what the journal should say."""

ATTEMPTS = 3
PAUSES = (5.0, 30.0, 120.0)  # seconds until the next try, by attempt


@dataclass(frozen=True)
class Stage:
    was: DeliveryState
    work: Callable[[Station, Catalog, int, Stopping], Commit]
    now: DeliveryState
    word: str  # in the journal, and in the names of the failpoints


# The first answer does not wait for the films of the delivery before: two workers, one for each of these.
TO_THE_ANSWER = (
    Stage(DeliveryState.RECEIVED, sorting.sort, DeliveryState.IDENTIFIED, "identify"),
    Stage(DeliveryState.IDENTIFIED, checking.answer, DeliveryState.ANSWERED, "answer"),
)
FULL = (Stage(DeliveryState.ANSWERED, checking.check, DeliveryState.CHECKED, "check"),)
STAGES = (*TO_THE_ANSWER, *FULL)
_BY_STATE: Mapping[str, Stage] = {stage.was: stage for stage in STAGES}


class _ClaimLost(Exception):
    """A person queued the delivery anew meanwhile; what we found is about yesterday's materials."""


def run_once(
    station: Station, catalog: Catalog, only: int | None = None, stages: Sequence[Stage] = STAGES,
    stopping: Stopping = never,
) -> bool:  # fmt: skip
    """Takes one delivery, the one that waits longest, one step further. False when nothing is due. `only`: this
    delivery and no other."""
    row = claims.due(catalog.db, [stage.was for stage in stages], time.time(), PAUSES[-1], only)
    if row is None:
        return False
    stage, worker = _BY_STATE[row["state"]], me()
    if row["attempts"] >= ATTEMPTS:
        _park(catalog, row, row["error"] or "处理时程序中断了三次")
        return True
    with catalog.writing() as db:
        ours = claims.claim(db, row["no"], stage.was, worker)
    if ours:
        _step(station, catalog, row, stage, worker, stopping)
    return True


def _step(
    station: Station, catalog: Catalog, row: Mapping[str, Any], stage: Stage, worker: str, stopping: Stopping
) -> None:
    try:
        commit = stage.work(station, catalog, row["no"], stopping)
        with catalog.writing() as db:
            if not claims.advance(db, row["no"], worker, stage.was, stage.now):
                raise _ClaimLost
            journal.append(db, stage.word, f"delivery/{row['no']}", commit(db))
            failpoint.reached(f"{stage.word}.before-commit")
        failpoint.reached(f"{stage.word}.committed")
    except _ClaimLost:
        return
    except Stopped:
        with catalog.writing() as db:
            claims.postpone(db, row["no"], worker, row["next_try"], row["error"], False)
    except (BoxError, OSError) as error:
        _postpone(catalog, row, worker, error)


def _postpone(catalog: Catalog, row: Mapping[str, Any], worker: str, error: BoxError | OSError) -> None:
    """A full disk is nobody's poison: such tries do not count (F6)."""
    counts = not (isinstance(error, BoxError) and error.retry)
    tried = row["attempts"] + 1
    if counts and tried >= ATTEMPTS:
        _park(catalog, row, str(error))
        return
    pause = PAUSES[min(row["attempts"], len(PAUSES) - 1)]
    with catalog.writing() as db:
        claims.postpone(db, row["no"], worker, time.time() + pause, str(error), counts)


def _park(catalog: Catalog, row: Mapping[str, Any], reason: str) -> None:
    with catalog.writing() as db:
        if claims.park(db, row["no"], row["state"], reason):
            journal.append(db, "parked", f"delivery/{row['no']}", {"state": row["state"], "reason": reason})


def drain(station: Station, catalog: Catalog, delivery: int) -> None:
    """Until this delivery is checked or parked; a watcher at work elsewhere is waited for."""
    while deliveries.row(catalog.db, delivery)["state"] in _BY_STATE:
        if not run_once(station, catalog, only=delivery):
            recover(catalog)
            time.sleep(0.2)


def recover(catalog: Catalog) -> int:
    """Frees what dead workers held. Returns how many deliveries go on."""
    dead = [worker for worker in claims.workers(catalog.db) if not alive(worker)]
    if not dead:
        return 0
    with catalog.writing() as db:
        return claims.release(db, dead)


def me() -> str:
    return f"{os.getpid()}:{_started(os.getpid())}"


def alive(worker: str) -> bool:
    """A process number comes round again, its start time (clock ticks since boot) does not. Under systemd the
    parts may be other users, whose /proc is hidden: then a signal that is not sent asks."""
    pid, _, started = worker.partition(":")
    if not pid.isdecimal() or not started:
        return False
    if now := _started(int(pid)):
        return now == started
    try:
        os.kill(int(pid), 0)
    except PermissionError:
        return True
    except (ProcessLookupError, OverflowError):
        return False
    return True


def _started(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()[19].decode()
    except OSError:
        return ""
