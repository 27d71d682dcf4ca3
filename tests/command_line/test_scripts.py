"""What a script author may count on: exit codes keep their meaning whatever is typed, and words go to stderr."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from appliance import heartbeat
from appliance.station import Station
from tests.conftest import run_lessonbox
from tests.e2e.ports import free_port
from tests.pipeline.test_watch import wait_for

GREAT = 10**20


@pytest.mark.parametrize(
    "words",
    [
        ("show", GREAT), ("delivery", GREAT), ("bundle", GREAT), ("report", "slip", GREAT, "--out", "slip.html"),
        ("decide", GREAT, "screen", "--by", "甲", "--reason", "行"),
        ("assign", GREAT, "--role", "video", "--period", 1, "x"),
    ],
    ids=lambda words: str(words[0]),
)  # fmt: skip
def test_a_number_greater_than_any_row_is_just_not_there(station: Station, words: tuple) -> None:
    done = run_lessonbox(*words, "--home", station.home, "--json")
    assert (done.returncode, done.stdout) == (11, "")
    assert "Traceback" not in done.stderr


def test_a_place_that_cannot_be_written_is_not_taken_for_a_lesson_with_errors(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"in the way")
    done = run_lessonbox("init", tmp_path / "file", "--json")
    assert (done.returncode, done.stdout) == (19, "")
    assert "Traceback" not in done.stderr


def test_a_second_watcher_is_refused_while_one_is_at_work(station: Station) -> None:
    words = [sys.executable, "-m", "appliance.cli", "watch", "--home", str(station.home)]
    first = subprocess.Popen(words)
    try:
        wait_for(lambda: heartbeat.read(station.folder("run"))["watch"]["alive"])
        assert run_lessonbox("watch", "--once", "--home", station.home).returncode == 18
    finally:
        first.terminate()
        assert first.wait(15) == 0
    assert run_lessonbox("watch", "--once", "--home", station.home).returncode == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL], ids=lambda number: number.name)
def test_no_part_outlives_run_however_it_ends(station: Station, number: signal.Signals) -> None:
    """And the next start finds neither the port taken nor another watcher."""
    with (station.home / "station.toml").open("a") as settings:
        settings.write(f"port = {free_port()}\n")
    words = [sys.executable, "-m", "appliance.cli", "run", "--home", str(station.home)]
    parts: list[int] = []
    for _ in range(2):
        box = subprocess.Popen(words, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        wait_for(lambda before=parts: not {*before} & {*_alive(station)} and len(_alive(station)) == 3, 30)
        parts = _alive(station)
        assert run_lessonbox("run", "--home", station.home).returncode == 18
        box.send_signal(number)
        _, told = box.communicate(timeout=30)
        assert box.returncode == (0 if number == signal.SIGTERM else -number)
        assert "Traceback" not in told
        for pid in parts:
            wait_for(lambda pid=pid: not _of(pid, station.home), 15)


def _alive(station: Station) -> list[int]:
    return [part["pid"] for part in heartbeat.read(station.folder("run")).values() if part["alive"]]


def _of(pid: int, home: Path) -> bool:
    try:
        return os.fsencode(home) in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


def test_json_is_one_object_for_every_listing(station: Station) -> None:
    for words in (("lessons",), ("deliveries",), ("receipts",), ("journal", "show"), ("user", "list"), ("fixity",)):
        done = run_lessonbox(*words, "--home", station.home, "--json")
        assert (done.returncode, type(json.loads(done.stdout))) == (0, dict)


def test_a_reader_that_has_seen_enough_is_no_error(station: Station) -> None:
    words = [sys.executable, "-m", "appliance.cli", "edition", "show", "--json", "--home", str(station.home)]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None and process.stderr is not None
    process.stdout.close()
    assert (process.stderr.read(), process.wait(30)) == (b"", 0)
