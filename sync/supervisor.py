"""Watches over one transfer: reads its progress, ends it when the ground under it moves, says why it ended.

A session that was made over an address or route that is gone would hang until its timeout; it is ended at once,
and the next one begins on the new route.
"""

from __future__ import annotations

import os
import random
import re
import signal
import socket
import subprocess
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import IO

from sync.causes import DONE, ROUTE, STOPPED, Cause, classify

FIRST, LONGEST = 2.0, 300.0  # seconds between tries
LOOK = 0.5  # seconds between looks at the session
_TAIL = 4000  # characters of standard error that are kept
_PROGRESS = re.compile(r"^\s*([\d,]+)\s+\d+%")
_SENT = re.compile(r"^Total bytes sent: ([\d,]+)", re.MULTILINE)

Progress = Callable[[int], None]
"""Called with the bytes of this session so far, content and not the wire's."""


@dataclass(frozen=True)
class Outcome:
    """`sent`: bytes on the wire, as rsync counted; 0 when it was cut before it could say."""

    cause: Cause
    code: int
    stderr: str
    sent: int = 0

    @property
    def ok(self) -> bool:
        return self.cause == DONE


def wait_after(attempts: int, chance: float | None = None) -> float:
    """Seconds until the next try, after so many that failed: 2, 4, 8 … 300, give or take a fifth, so that the
    counties of a city do not all come at once after its power cut."""
    part = random.random() if chance is None else chance
    return min(LONGEST, FIRST * 2.0 ** min(max(attempts - 1, 0), 20)) * (0.8 + 0.4 * part)


def run(
    command: Sequence[str], host: str, stop: threading.Event | None = None, progress: Progress = lambda n: None
) -> Outcome:
    """Runs a transfer to its end. `host`: the address whose route is watched."""
    try:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            start_new_session=True, env=os.environ | {"LC_ALL": "C.UTF-8"},
        )  # fmt: skip
    except FileNotFoundError:
        return Outcome(classify(127, "no such program"), 127, "no such program")
    assert process.stdout is not None and process.stderr is not None
    output, errors = _Reader(process.stdout), _Reader(process.stderr)
    ended_because = _watch(process, host, stop, lambda: progress(output.count))
    output.join()
    errors.join()
    found = _SENT.search(output.text)
    cause = ended_because or classify(process.returncode, errors.text)
    return Outcome(cause, process.returncode, errors.text, int(found[1].replace(",", "")) if found else 0)


def _watch(
    process: subprocess.Popen[bytes], host: str, stop: threading.Event | None, look: Callable[[], None]
) -> Cause | None:
    """Why we ended it; None when it ended by itself. `look` is called in this thread, every half second."""
    began = local_address(host)
    while True:
        try:
            process.wait(LOOK)
            return None
        except subprocess.TimeoutExpired:
            look()
        if stop is not None and stop.is_set():
            end(process)
            return STOPPED
        if local_address(host) != began:
            end(process)
            return ROUTE


def local_address(host: str) -> str:
    """The address that this machine would use towards `host`; sends nothing. "" when there is no route."""
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((host, 9))
            return str(probe.getsockname()[0])
    except OSError:
        return ""


def end(process: subprocess.Popen[bytes]) -> None:
    for kind, patience in ((signal.SIGTERM, 3.0), (signal.SIGKILL, 10.0)):
        try:
            os.killpg(process.pid, kind)
            process.wait(patience)
            return
        except ProcessLookupError:
            process.wait(1.0)
            return
        except subprocess.TimeoutExpired:
            continue


class _Reader(threading.Thread):
    """Keeps the tail of a stream; rsync ends its progress lines with a carriage return."""

    def __init__(self, stream: IO[bytes]) -> None:
        super().__init__(daemon=True)
        self.stream, self.text, self.count = stream, "", 0
        self.start()

    def run(self) -> None:
        pending = ""
        while chunk := os.read(self.stream.fileno(), 8192):
            text = chunk.decode("utf-8", "replace")
            self.text = (self.text + text)[-_TAIL:]
            *lines, pending = re.split(r"[\r\n]", pending + text)
            for line in lines:
                if found := _PROGRESS.match(line):
                    self.count = int(found[1].replace(",", ""))
        self.stream.close()
