"""The box as a process that is killed and started again, and a school's liaison with a foreign client."""

from __future__ import annotations

import contextlib
import http.client
import io
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from http.cookiejar import CookieJar

from tusclient.client import TusClient

from appliance.station import Station
from tests.e2e.ports import free_port

PATH = "三年级数学《分数的初步认识》教师甲/素材.bin"
MB = 1 << 20


@dataclass
class Box:
    """`lessonbox web` as a process that can be killed and started again on the same port."""

    station: Station
    port: int = field(default_factory=free_port)
    process: subprocess.Popen | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, failpoint: str = "") -> None:
        command = [
            sys.executable,
            "-m",
            "appliance.cli",
            "web",
            "--home",
            str(self.station.home),
            "--port",
            str(self.port),
        ]
        self.process = subprocess.Popen(
            command, stderr=subprocess.DEVNULL, env={**os.environ, "LESSONBOX_FAILPOINT": failpoint}
        )
        until = time.monotonic() + 30
        while True:
            try:
                urllib.request.urlopen(self.address + "/health", timeout=5)
                return
            except (OSError, http.client.HTTPException):
                assert time.monotonic() < until
                time.sleep(0.1)

    def kill(self) -> None:
        if self.process:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()

    def dead(self) -> int:
        assert self.process
        return self.process.wait(20)


class Liaison:
    """A school's person with a browser: a cookie and a token."""

    def __init__(self, box: Box, code: str) -> None:
        self.box, self.jar = box, CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        self.post("/hand-in/enter", code=code)
        self.token = self.read_token()

    def read_token(self) -> str:
        html = self.opener.open(self.box.address + "/hand-in").read().decode()
        return re.search(r'name="csrf_token" value="([^"]+)"', html)[1]

    def post(self, path: str, **form: str) -> str:
        body = urllib.parse.urlencode(form | {"csrf_token": self.read_token()}).encode()
        return self.opener.open(self.box.address + path, body).read().decode()

    @property
    def headers(self) -> dict[str, str]:
        return {"Cookie": "; ".join(f"{each.name}={each.value}" for each in self.jar), "X-CSRFToken": self.token}

    def tuspy(self, content: bytes, path: str = PATH, stamp: str = "1", **more):
        client = TusClient(self.box.address + "/hand-in/files", headers=self.headers)
        metadata = {"relativePath": path, "stamp": stamp}
        return client.uploader(file_stream=io.BytesIO(content), chunk_size=MB, metadata=metadata, **more)

    def raw(self, lines: list[str], body: bytes = b"") -> socket.socket:
        """A request by hand, sent and not yet answered."""
        sock = socket.create_connection(("127.0.0.1", self.box.port), timeout=10)
        headers = ["Host: 127.0.0.1", "Tus-Resumable: 1.0.0", *(f"{k}: {v}" for k, v in self.headers.items())]
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # the answer may come before the end
            sock.sendall("\r\n".join([lines[0], *headers, *lines[1:], "", ""]).encode() + body)
        return sock
