"""`lessonbox run`: the whole box in the foreground. One child a part, as under systemd; a part that dies is started
again, ever more slowly; SIGTERM ends all of them cleanly, and when we are killed they end by themselves."""

from __future__ import annotations

import argparse
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from appliance import heartbeat
from appliance.alone import alone
from appliance.cli import station
from appliance.commands.errands import Errands
from appliance.station import Station

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
STEADY_SECONDS = 30.0  # a part that lived so long starts again at once
GRACE_SECONDS = 10.0
_PR_SET_PDEATHSIG = 1


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int)


@dataclass
class Part:
    command: list[str]
    process: subprocess.Popen | None = None
    started: float = 0.0
    pause: float = FIRST_PAUSE
    next_start: float = field(default=0.0)

    def tend(self, now: float) -> None:
        if self.process is not None and self.process.poll() is None:
            return
        if self.process is not None:
            self.pause = FIRST_PAUSE if now - self.started > STEADY_SECONDS else min(self.pause * 2, LONGEST_PAUSE)
            print(f"{self.name} 停了（{self.process.returncode}），{self.pause:.0f} 秒后重启", file=sys.stderr)
            self.process, self.next_start = None, now + self.pause
        if now >= self.next_start:
            self.process, self.started = subprocess.Popen(self.command, preexec_fn=_ends_with(os.getpid())), now

    @property
    def name(self) -> str:
        return self.command[3]

    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def end(self) -> None:
        if self.process is not None and self.running():
            self.process.terminate()

    def wait(self, seconds: float) -> None:
        if self.process is None:
            return
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def run(args: argparse.Namespace) -> int:
    box = station(args)
    with alone(box.folder("run"), "run", "这个站点"):
        return _run(box, args.port)


def _run(box: Station, port: int | None) -> int:
    parts = [Part([*_lessonbox(part, box.home), *_port(part, port)]) for part in heartbeat.PARTS]
    if box.settings.printer:
        parts.append(Part([*_lessonbox("printer", box.home), "serve"]))
    errands = Errands(box.home, lambda name: _lessonbox(name, box.home))
    asked: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda received, frame: asked.append(received))
    while not asked:
        errands.tend([part.name for part in parts if part.running()])
        for part in parts:
            if errands.holds(part.name):
                part.end()
            else:
                part.tend(time.monotonic())
        time.sleep(0.2)
    errands.end()
    for part in parts:
        part.end()
    deadline = time.monotonic() + GRACE_SECONDS
    for part in parts:
        part.wait(max(deadline - time.monotonic(), 0.1))
    return 0


def _ends_with(parent: int) -> Callable[[], None]:
    """For a child before it becomes a part: SIGTERM when we die. A part left behind would hold the port, and a
    second watcher would take each stick a second time."""
    libc = ctypes.CDLL(None)

    def bind() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
        if os.getppid() != parent:  # died in between
            os._exit(1)

    return bind


def _lessonbox(part: str, home: object) -> list[str]:
    return [sys.executable, "-m", "appliance.cli", part, "--home", str(home)]


def _port(part: str, port: int | None) -> list[str]:
    return ["--port", str(port)] if part == "web" and port else []
