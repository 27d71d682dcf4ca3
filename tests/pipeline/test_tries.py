"""Steps that fail, wait or die: how often they are tried, whose work it is meanwhile, and that the queue goes on."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable

import pytest

from appliance import pipeline
from appliance.catalog import Catalog, claims, deliveries, events, mending
from appliance.settings import read_settings
from appliance.station import Station
from tests.conftest import run_lessonbox
from tests.intake.conftest import Files, zipped
from tests.pipeline.test_pipeline import standing

HandIn = Callable[[Files], int]
LESSON = "示例一小/三年级数学《分数的初步认识》教师甲/"


def at_once(catalog: Catalog) -> None:
    """The pause before the next try is over."""
    catalog.db.execute("update delivery set next_try = 0")


@pytest.mark.fault("F14")
def test_a_step_that_fails_three_times_is_parked_and_the_queue_goes_on(
    station: Station, catalog: Catalog, hand_in: HandIn
) -> None:
    bad = hand_in({"交.zip": zipped({"a.txt": b"a"})})
    sha256 = deliveries.entries(catalog.db, bad)[0]["sha256"]
    station.store().path(sha256).unlink()
    for attempt in (1, 2):
        pipeline.run_once(station, catalog)
        state, attempts, error = standing(catalog, bad)
        assert (state, attempts, "No such file" in error) == ("received", attempt, True)
        assert not pipeline.run_once(station, catalog)  # it pauses
        at_once(catalog)
    pipeline.run_once(station, catalog)
    assert standing(catalog, bad)[0] == "parked"
    assert events.about(catalog.db, f"delivery/{bad}")[-1]["kind"] == "parked"
    good = hand_in({LESSON + "教学设计.txt": b"plan"})
    pipeline.drain(station, catalog, good)
    assert standing(catalog, good) == ("checked", 0, "")


@pytest.mark.fault("F6")
def test_a_full_disk_waits_and_is_nobodys_fault(station: Station, catalog: Catalog, hand_in: HandIn) -> None:
    no = hand_in({"交.zip": zipped({"a.txt": b"a"})})
    full = Station(station.home, read_settings(b'code = "360731"\nreserve_bytes = 900_000_000_000_000'))
    for _ in range(4):
        pipeline.run_once(full, catalog)
        state, attempts, error = standing(catalog, no)
        assert (state, attempts, error.startswith("存储空间不足")) == ("received", 0, True)
        at_once(catalog)
    pipeline.drain(station, catalog, no)
    assert standing(catalog, no) == ("checked", 0, "")


@pytest.mark.fault("F14")
def test_work_that_kills_its_process_is_counted_and_parked(station: Station, catalog: Catalog, hand_in: HandIn) -> None:
    no = hand_in({LESSON + "教学设计.txt": b"plan"})
    words = ("watch", "--once", "--home", station.home)
    for _ in range(pipeline.ATTEMPTS):
        assert run_lessonbox(*words, failpoint="identify.before-commit").returncode == -9
    assert run_lessonbox(*words, failpoint="identify.before-commit").returncode == 0
    assert standing(catalog, no) == ("parked", 3, "处理时程序中断了三次")


def test_only_one_of_two_workers_gets_a_delivery(catalog: Catalog, hand_in: HandIn) -> None:
    no = hand_in({"a.txt": b"a"})
    assert [claims.claim(catalog.db, no, "received", worker) for worker in ("1:1", "2:2")] == [True, False]
    assert claims.due(catalog.db, ["received"], 0.0, 1.0) is None


def test_the_claim_of_a_dead_worker_is_freed_and_that_of_a_living_one_is_not(catalog: Catalog, hand_in: HandIn) -> None:
    for worker, freed in ((pipeline.me(), 0), (f"{os.getpid()}:1", 1), (dead_worker(), 1)):
        no = hand_in({"a.txt": worker.encode()})
        claims.claim(catalog.db, no, "received", worker)
        assert pipeline.recover(catalog) == freed


def dead_worker() -> str:
    code = "from appliance import pipeline; print(pipeline.me())"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


@pytest.mark.fault("F8")
def test_a_next_try_set_by_a_clock_that_ran_ahead_counts_as_come(catalog: Catalog, hand_in: HandIn) -> None:
    no = hand_in({"a.txt": b"a"})
    catalog.db.execute("update delivery set next_try = 4e9")
    due = claims.due(catalog.db, ["received"], 1e9, 120.0)
    assert due is not None and due["no"] == no


def test_what_a_person_queued_anew_meanwhile_is_not_overwritten(
    station: Station, catalog: Catalog, hand_in: HandIn
) -> None:
    no = hand_in({LESSON + "教学设计.txt": b"plan"})
    pipeline.drain(station, catalog, no)
    with catalog.writing() as db:
        mending.queue_check(db, 1)
        claims.claim(db, no, "identified", "1:1")
        mending.queue_check(db, 1)
        assert not claims.advance(db, no, "1:1", "identified", "checked")
