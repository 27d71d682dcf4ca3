"""The parts of the box do their work under the system-call filter of their units."""

from __future__ import annotations

import ctypes.util
import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from appliance import heartbeat
from appliance.catalog import blobs, lessons
from appliance.station import Station
from tests import samples
from tests.conftest import answer
from tests.structure.tracked import ROOT

pytestmark = pytest.mark.skipif(not ctypes.util.find_library("seccomp"), reason="libseccomp2 is missing")
NOTIFIED = 20.0  # seconds in which a part says READY


def fenced(unit: str, *words: object) -> list[str]:
    return [sys.executable, "-m", "tests.systemd.fence", unit, *map(str, words)]


@contextmanager
def part(station: Station, unit: str, *words: str, listening: socket.socket | None = None) -> Iterator[None]:
    """A part of the box as systemd starts it: the socket to say READY on and, for the web, the one to answer on.
    Entered once it is ready and has shown a sign of life."""
    address = str(station.home / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notify:
        notify.bind(address)
        notify.settimeout(NOTIFIED)
        environment = {**os.environ, "NOTIFY_SOCKET": address}
        command = fenced(unit, *words, "--home", station.home)
        if listening:
            os.set_inheritable(listening.fileno(), True)
            command = [
                "bash",
                "-c",
                f'exec 3<&{listening.fileno()}; LISTEN_FDS=1 LISTEN_PID=$$ exec "$@"',
                "bash",
                *command,
            ]
        process = subprocess.Popen(command, cwd=ROOT, env=environment, close_fds=False)
        try:
            said: set[bytes] = set()
            while not {b"READY=1", b"WATCHDOG=1"} <= said:
                said.add(notify.recv(100))
            yield
        finally:
            process.terminate()
            assert process.wait(30) == 0


def test_the_watcher_checks_a_lesson_to_the_same_end_as_without_a_filter(station: Station) -> None:
    samples.lay("bad", station.home / "drops/usb/示例U盘")
    done = subprocess.run(fenced("lessonbox-watch.service", "watch", "--once", "--home", station.home), cwd=ROOT)
    assert done.returncode == 0
    lesson = station.home / "drops/usb/示例U盘"
    free = answer("check", next(path for path in lesson.glob("*/*")))["lessons"][0]
    kept = answer("show", 1, "--home", station.home)
    assert said(kept["findings"]) == said(free["findings"])
    assert "没能检查" not in json.dumps(kept, ensure_ascii=False)
    assert lessons.count(station.catalog().db) == 1 and blobs.damaged(station.catalog().db) == []


def said(findings: list[dict]) -> list[tuple[str, str]]:
    """What the rules say; `check` has no delivery, so it says nothing of its copy."""
    return sorted((one["rule"], one["says"]) for one in findings if one["rule"] != "copy-proof")


def test_the_pages_answer_on_the_socket_of_systemd_without_an_address_of_their_own(station: Station) -> None:
    with socket.socket(socket.AF_INET) as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        with part(station, "lessonbox-web.service", "web", listening=listening):
            with urllib.request.urlopen(f"{url}/", timeout=20) as page:
                assert re.findall(r"<title>(\S+)", page.read().decode()) == ["首次设置"]
            assert heartbeat.read(station.folder("run"))["web"]["alive"]


@pytest.mark.parametrize("words", [("watch",), ("courier", "--no-sshd")], ids=lambda words: words[0])
def test_a_part_gets_ready_and_shows_that_it_lives(station: Station, words: tuple[str, ...]) -> None:
    with part(station, f"lessonbox-{words[0]}.service", *words):
        assert heartbeat.read(station.folder("run"))[words[0]]["alive"]


def test_the_sshd_of_a_receiving_station_answers(tmp_path: Path) -> None:
    from tests.conftest import make_station

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    city = make_station(tmp_path / "city", "city", "360700", f"sshd_port = {port}\n")
    process = subprocess.Popen(
        fenced("lessonbox-sshd.service", "courier", "--sshd-only", "--home", city.home), cwd=ROOT,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        assert greeting(port).startswith(b"SSH-2.0-")
    finally:
        process.terminate()
        process.wait(10)


def greeting(port: int) -> bytes:
    deadline = time.monotonic() + NOTIFIED
    while True:
        try:
            with socket.create_connection(("127.0.0.1", port), 5) as line:
                return line.recv(100)
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
