"""The courier as `make run` starts it: two processes, sshd as the city's child."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable

import psutil

from appliance.station import Station
from tests.sync.conftest import ROOT, Pair, approved, command, states


def until(fact: Callable[[], bool], seconds: float = 90) -> None:
    deadline = time.monotonic() + seconds
    while not fact():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.2)


def courier(station: Station, *words: str, **env: str) -> subprocess.Popen[bytes]:
    command_line = [sys.executable, "-m", "appliance.cli", "courier", *words, "--home", str(station.home)]
    return subprocess.Popen(command_line, cwd=ROOT, env=os.environ | env)


def listening(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_two_couriers_bring_an_approved_lesson_up_and_its_receipt_down_by_themselves(trusted: Pair) -> None:
    city, county = courier(trusted.city), courier(trusted.county)
    try:
        approved(trusted.county)
        until(lambda: states(trusted.county) == {"分数的初步认识": "accepted"})
        beat = json.loads((trusted.county.home / "run/courier").read_bytes())
        assert beat["pid"] == county.pid
        sshd = next(child for child in psutil.Process(city.pid).children() if "sshd" in child.name())
        sshd.kill()
        until(lambda: any("sshd" in c.name() and c.pid != sshd.pid for c in psutil.Process(city.pid).children()))
        until(lambda: listening(trusted.port))
    finally:
        for process in (county, city):
            process.send_signal(signal.SIGTERM)
    assert [county.wait(20), city.wait(20)] == [0, 0]
    assert not listening(trusted.port)


def test_the_courier_tells_systemd_that_it_is_ready_alive_and_stopping(trusted: Pair) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        address = str(trusted.county.home / "run/notify")
        systemd.bind(address)
        systemd.settimeout(30)
        process = courier(trusted.county, NOTIFY_SOCKET=address)
        words = [systemd.recv(100), systemd.recv(100)]
        process.terminate()
        while words[-1] != b"STOPPING=1":
            words.append(systemd.recv(100))
    assert ({*words[:2]}, process.wait(20)) == ({b"READY=1", b"WATCHDOG=1"}, 0)


def test_a_courier_of_a_station_without_anybody_above_runs_quietly(county: Station) -> None:
    process = courier(county)
    until(lambda: (county.home / "run/courier").exists())
    process.terminate()
    assert process.wait(20) == 0


def test_sshd_alone_runs_for_its_own_unit(trusted: Pair) -> None:
    process = courier(trusted.city, "--sshd-only")
    until(lambda: listening(trusted.port))
    process.terminate()
    process.wait(20)
    assert command("courier", "--sshd-only", "--home", str(trusted.county.home)).returncode == 31
