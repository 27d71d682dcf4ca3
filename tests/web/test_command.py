"""`lessonbox web` as a process: it answers, beats, tells the setup code, and ends when asked."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest

from appliance import heartbeat
from web import secret


@contextmanager
def running(station, *more: str, **popen):
    command = [sys.executable, "-m", "appliance.cli", "web", "--home", str(station.home), *more]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, **popen)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(10)


def ask(connection: http.client.HTTPConnection, path: str = "/health", seconds: float = 20) -> tuple[int, bytes]:
    """Retries until the server is there."""
    until = time.monotonic() + seconds
    while True:
        try:
            connection.request("GET", path, headers={"Host": "box.lan"})
            answer = connection.getresponse()
            return answer.status, answer.read()
        except (ConnectionRefusedError, FileNotFoundError):
            connection.close()
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class UnixConnection(http.client.HTTPConnection):
    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(self.host)


def test_the_server_tells_the_setup_code_answers_beats_and_ends_on_sigterm(station):
    port = free_port()
    with running(station, "--port", str(port)) as process:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        assert ask(connection)[0] == 200
        start = time.monotonic()
        assert (ask(connection)[0], time.monotonic() - start < 1) == (200, True)
        assert heartbeat.read(station.folder("run"))["web"]["alive"] is True
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
        assert secret.setup_code(station.home) in process.stderr.read()


def test_the_server_answers_on_a_unix_socket(station):
    path = station.home / "run" / "web.sock"
    with running(station, "--unix-socket", str(path)):
        assert ask(UnixConnection(str(path)))[0] == 200


def test_the_server_takes_the_socket_that_systemd_opened_and_says_ready(station, tmp_path):
    notify = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    notify.bind(str(tmp_path / "notify"))
    notify.settimeout(20)
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    # As systemd does: the socket is descriptor 3, and LISTEN_PID is the process that runs the program.
    start = (
        "import os, sys; os.dup2(int(sys.argv[1]), 3); os.environ['LISTEN_PID'] = str(os.getpid());"
        "os.execv(sys.executable, [sys.executable, '-m', 'appliance.cli', 'web', '--home', sys.argv[2]])"
    )
    env = os.environ | {"LISTEN_FDS": "1", "NOTIFY_SOCKET": str(tmp_path / "notify")}
    process = subprocess.Popen(
        [sys.executable, "-c", start, str(listening.fileno()), str(station.home)],
        env=env, pass_fds=[listening.fileno()], stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        said = {notify.recv(100) for _ in range(2)}
        assert said == {b"READY=1", b"WATCHDOG=1"}
        assert ask(http.client.HTTPConnection("127.0.0.1", port, timeout=5))[0] == 200
    finally:
        process.terminate()
        assert process.wait(10) == 0


@pytest.mark.fault("H13")
@pytest.mark.parametrize("header", [b"X: " + b"a" * 100_000, b"Content-Length: -5", b"Content-Length: x"])
def test_a_malformed_request_gets_an_error_and_the_server_goes_on(served, header):
    with socket.create_connection(("127.0.0.1", served), timeout=10) as raw:
        raw.sendall(b"POST /login HTTP/1.1\r\nHost: box.lan\r\n" + header + b"\r\n\r\n")
        status = int(raw.recv(100).split()[1])
    assert 400 <= status < 500
    assert ask(http.client.HTTPConnection("127.0.0.1", served, timeout=5))[0] == 200
