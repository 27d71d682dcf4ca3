"""Starts a child for one look, waits within bounds, and takes its answer. Never raises for what a file does."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from appliance.probes.fence import MOST_ANSWER, MOST_EARLIER
from appliance.probes.plan import BY_NAME

_ROOT = Path(__file__).resolve().parent.parent.parent


def look(name: str, path: Path, earlier: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The answer of the look `name`, or `{"undetermined": why}` when the child was killed or crashed. `earlier`: the
    answers of looks that it comes after."""
    command = [sys.executable, "-B", "-m", "appliance.probes.child", name, os.path.abspath(path)]
    environment = {
        "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(_ROOT),
        "OPENBLAS_NUM_THREADS": "1",  # each thread would reserve room that the fence counts
    }
    # A file, not a pipe: the fence bounds how much the child can write into it.
    with tempfile.TemporaryFile() as answer, _told(earlier or {}) as told:
        child = subprocess.Popen(
            command, stdin=told, stdout=answer, stderr=subprocess.DEVNULL, env=environment,
            cwd="/", start_new_session=True,
        )  # fmt: skip
        try:
            child.wait(BY_NAME[name].bounds.wall)
        except subprocess.TimeoutExpired:
            return {"undetermined": "检查用时太长，已经停下"}
        finally:
            _end(child)
        answer.seek(0)
        return _read(child.returncode, answer.read(MOST_ANSWER + 1))


@contextlib.contextmanager
def _told(earlier: Mapping[str, Any]) -> Iterator[IO[bytes]]:
    """A file, so that nobody waits for a reader. Too much is not handed on: a look can do without."""
    data = json.dumps(earlier).encode()
    with tempfile.TemporaryFile() as told:
        told.write(data if len(data) <= MOST_EARLIER else b"{}")
        told.seek(0)
        yield told


def _end(child: subprocess.Popen[bytes]) -> None:
    """The whole group: a parser may have children of its own."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def _read(code: int, out: bytes) -> dict[str, Any]:
    if code in (-signal.SIGXCPU, -signal.SIGKILL):
        return {"undetermined": "检查用的时间或内存超出限度，已经停下"}
    if code < 0:
        return {"undetermined": f"检查程序读这个文件时崩溃（信号 {-code}）"}
    if code or len(out) > MOST_ANSWER:
        return {"undetermined": "检查程序没能读懂这个文件"}
    try:
        answer = json.loads(out)
    except ValueError:
        return {"undetermined": "检查程序没有给出结果"}
    return answer if isinstance(answer, dict) else {"undetermined": "检查程序没有给出结果"}
