"""One of a kind at a time: a lock in `run/` that ends with the process that holds it, however that ends.

Two watchers would each take the same stick, and the second's sweep would throw away what the first is copying.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from appliance.errors import AlreadyRunning


@contextmanager
def alone(run_folder: Path, name: str, what: str) -> Iterator[None]:
    """`what`: the thing that is running, for people. Raises `AlreadyRunning`.

    Opened for reading: whoever of the box's users made the file, the others can lock it."""
    fd = os.open(run_folder / f"{name}.lock", os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunning(f"{what}已经在运行") from None
        yield
    finally:
        os.close(fd)
