"""A real smbd on a port of its own, on loopback; schools as foreign clients see it: Samba's smbclient and a Python one."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from appliance.intake.settle import written_now
from appliance.share import accounts, server
from appliance.station import Station
from tests.conftest import make_station
from tests.e2e.ports import free_port
from tests.invariants import is_root
from tests.web.schools import enrol

needs_samba = pytest.mark.skipif(
    not (is_root() and shutil.which("smbclient") and shutil.which("smbd", path="/usr/sbin:/usr/bin")),
    reason="needs root, samba and smbclient: smbd becomes the user of each session",
)


@dataclass
class Share:
    station: Station
    port: int
    process: subprocess.Popen

    def school(self, name: str) -> School:
        code = enrol(self.station, name)
        catalog = self.station.catalog()
        with catalog.writing() as db:
            accounts.give(self.station, int(code.partition("-")[0]), code)
            server.settle(self.station, db)
        catalog.close()
        return School(self, name, f"school{code.partition('-')[0]}", code)


@dataclass
class School:
    share: Share
    name: str
    account: str
    code: str

    @property
    def folder(self) -> Path:
        return self.share.station.folder("drops/lan") / self.name

    def words(self, *more: str, share: str = "") -> list[str]:
        login = ["-p", str(self.share.port), "-U", f"{self.account}%{self.code}"]
        return ["smbclient", f"//127.0.0.1/{share or self.name}", *login, *more]

    def do(self, command: str, share: str = "", cwd: Path | None = None) -> tuple[int, str]:
        done = subprocess.run(
            self.words("-c", command, share=share), cwd=cwd, capture_output=True, text=True, timeout=30,
            env={**os.environ, "LANG": "C.UTF-8"},
        )  # fmt: skip
        return done.returncode, done.stdout + done.stderr

    def slowly(self, name: str) -> subprocess.Popen:
        """A client that sends each line of its standard input as so many bytes; it can be killed."""
        words = [
            sys.executable,
            "-c",
            _SLOW,
            rf"\\127.0.0.1\{self.name}\{name}",
            self.account,
            self.code,
            self.share.port,
        ]
        return subprocess.Popen([*map(str, words)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def smbclient_from_a_pipe(self, name: str) -> subprocess.Popen:
        """Samba's own client; it sends nothing before it has read some sixteen megabytes."""
        return subprocess.Popen(
            self.words("-c", f'put /dev/stdin "{name}"'), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, env={**os.environ, "LANG": "C.UTF-8"},
        )  # fmt: skip


_SLOW = """
import sys, smbclient
name, user, code, port = sys.argv[1:]
smbclient.register_session("127.0.0.1", username=user, password=code, port=int(port))
with smbclient.open_file(name, mode="wb", port=int(port), buffering=0) as file:
    for line in sys.stdin.buffer:
        file.write(bytes.fromhex(line.decode()))
        print("sent", flush=True)
"""


def send(client: subprocess.Popen, piece: bytes) -> None:
    """Until the server has it."""
    client.stdin.write(piece.hex().encode() + b"\n")
    client.stdin.flush()
    assert client.stdout.readline() == b"sent\n"


@pytest.fixture
def share(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Share]:
    port = free_port()
    station = make_station(tmp_path_factory.mktemp("share") / "county", more=f"share_port = {port}\n")
    command = [sys.executable, "-m", "appliance.cli", "share", "serve", "--home", str(station.home)]
    log = (station.folder("run") / "smbd-output.log").open("wb")
    process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
    until = time.monotonic() + 20
    while not re.search(rf":{port:04X}\b", Path("/proc/net/tcp").read_text()):
        assert process.poll() is None and time.monotonic() < until, Path(log.name).read_text()
        time.sleep(0.05)
    yield Share(station, port, process)
    process.send_signal(signal.SIGTERM)
    process.wait(10)


@pytest.fixture
def school(share: Share) -> School:
    return share.school("示例一小")


def reached(path: Path, size: int) -> None:
    until = time.monotonic() + 15
    while not (path.exists() and path.stat().st_size >= size):
        assert time.monotonic() < until, "the client does not get on"
        time.sleep(0.05)


def released(path: Path) -> None:
    """smbd has noticed that its client is gone."""
    until = time.monotonic() + 15
    while written_now(path.parent, os.fsencode(path.name)):
        assert time.monotonic() < until
        time.sleep(0.1)
