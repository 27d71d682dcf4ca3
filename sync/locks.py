"""One sender and one receiver a station. The lock ends with the process that holds it, however that ends."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

from appliance.errors import NotAllowed
from appliance.station import Station


class Busy(NotAllowed):
    what, effect, remedy, retry = "另一个上报或接收正在进行", "这一次没有做", "请稍候再试", True


@contextmanager
def alone(station: Station, name: str, patience: float = 20.0) -> Iterator[None]:
    """`name`: outbox or inbox. Raises `Busy` after `patience` seconds."""
    fd = os.open(station.folder("run") / f"{name}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        deadline = time.monotonic() + patience
        while True:
            try:
                fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise Busy() from None
                time.sleep(0.1)
        yield
    finally:
        os.close(fd)
