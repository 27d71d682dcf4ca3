"""What the child that unpacks says through its pipe, frame by frame; the child ends when nobody listens any more."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from appliance.intake.archives import limits as words
from appliance.intake.archives.child import FRAME
from appliance.intake.archives.limits import Refused

SAYS = {
    "password": words.PASSWORD,
    "parts": words.PARTS,
    "damaged": words.DAMAGED,
    "memory": "解开这个压缩包要的内存太多，没有解压，请改用 zip 或文件夹再交一次",
    "method": "这种压缩方法打不开，请改用 zip 或文件夹再交一次",
}
CRASHED = "解压程序读这个压缩包时崩溃了，没有解压，请改用 zip 或文件夹再交一次"
SLOW = "解压用时太长，已经停下，请改用 zip 或文件夹再交一次"
_ROOT = Path(__file__).resolve().parents[3]
_STALL, _LEAST_CPU, _CPU_BYTES = 120.0, 300, 500_000  # seconds; seconds; packed bytes for one more second, on a Pi
_MOST_FRAME = 1 << 20  # bytes
CHILD = (sys.executable, "-B", "-m", "appliance.intake.archives.child")


@contextlib.contextmanager
def speaking(program: Sequence[str], file: BinaryIO, form: str, size: int) -> Iterator[Iterator[tuple[bytes, bytes]]]:
    """Frames of a child that unpacks `file`; it ends with the block, whatever it is doing."""
    cpu = _LEAST_CPU + size // _CPU_BYTES
    os.lseek(file.fileno(), 0, os.SEEK_SET)
    child = subprocess.Popen(
        [*program, form, str(cpu)],
        stdin=file, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd="/", start_new_session=True,
        env={"PATH": "/nowhere", "LANG": "C.UTF-8", "PYTHONPATH": str(_ROOT)},
    )  # fmt: skip
    assert child.stdout is not None
    try:
        yield _frames(child.stdout.fileno())
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.stdout.close()
        child.wait()


def _frames(pipe: int) -> Iterator[tuple[bytes, bytes]]:
    """Raises `Refused` when the child refuses, ends early or says nothing for too long."""
    while True:
        letter, length = FRAME.unpack(_exactly(pipe, FRAME.size))
        if length > _MOST_FRAME:
            raise Refused(CRASHED)
        content = _exactly(pipe, length)
        if letter == b"X":
            raise Refused(SAYS.get(content.decode(errors="replace"), words.DAMAGED))
        yield letter, content


def _exactly(pipe: int, count: int) -> bytes:
    got = bytearray()
    while len(got) < count:
        if not select.select([pipe], [], [], _STALL)[0]:
            raise Refused(SLOW)
        piece = os.read(pipe, count - len(got))
        if not piece:
            raise Refused(CRASHED)
        got += piece
    return bytes(got)
