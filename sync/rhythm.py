"""The courier's rhythm: seal, send, receive, in one process, until it is ended by SIGTERM.

Every two seconds a cheap look; a session when a lesson was approved, a try is due, an answer is expected, or the
settings' seconds have passed. A thread beside says to systemd and to `run/courier` that it lives.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable

from appliance import heartbeat
from appliance.catalog import Catalog, bundles, peers
from appliance.errors import BoxError
from appliance.station import Station
from sync import inbox, outbox, sending
from sync.reception import server

LOOK, BEAT = 2.0, 5.0  # seconds between looks, and between signs of life
RESTART = 5.0  # seconds before a fallen sshd is started again


def keep(station: Station, sending: bool, receiving: bool, serving: bool = False) -> int:
    """Returns 0 after SIGTERM or SIGINT, and when the settings were changed; a transfer under way is ended and resumes at the next start."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    sshd = _Reception(station) if serving and station.settings.sshd_port else None
    catalog = station.catalog()
    threading.Thread(target=_beat, args=(station, stop), name="heartbeat", daemon=True).start()
    heartbeat.ready()
    last = -station.settings.sync_seconds
    settings = station.stamp()
    while not stop.is_set() and station.stamp() == settings:
        if sshd:
            sshd.look()
        if receiving:
            _carefully(lambda: inbox.receive_once(station, catalog))
        if sending and _wanted(station, catalog, last):
            last = time.monotonic()
            _carefully(lambda: outbox.sync_once(station, catalog, due_only=True, stop=stop))
        stop.wait(LOOK)
    heartbeat.notify("STOPPING=1")
    if sshd:
        sshd.end()
    catalog.close()
    return 0


def _carefully(step: Callable[[], object]) -> None:
    """What is wrong is said and tried again, never spun on; a full disk here does not keep anything from being sent."""
    try:
        step()
    except BoxError as error:
        print(error, file=sys.stderr, flush=True)


def _wanted(station: Station, catalog: Catalog, last: float) -> bool:
    """Is there a reason for a session now? `last`: monotonic time of the one before."""
    now = time.monotonic()
    if not peers.above(catalog.db) or now - last < LOOK:
        return False
    if now - last > station.settings.sync_seconds:
        return True
    if bundles.to_seal(catalog.db) or any(sending.is_due(row, now) for row in bundles.under_way(catalog.db)):
        return True
    return bool(bundles.awaiting_answer(catalog.db)) and now - last > min(10.0, station.settings.sync_seconds)


class _Reception:
    """sshd as a child, started again when it falls."""

    def __init__(self, station: Station) -> None:
        self.station = station
        self.process: subprocess.Popen[bytes] = server.start(station)
        self.fell_at = 0.0

    def look(self) -> None:
        if self.process.poll() is None:
            self.fell_at = 0.0
        elif not self.fell_at:
            self.fell_at = time.monotonic()
            print(f"sshd 退出（{self.process.returncode}），稍后重新启动", file=sys.stderr, flush=True)
        elif time.monotonic() - self.fell_at > RESTART:
            self.fell_at = 0.0
            self.process = server.start(self.station)

    def end(self) -> None:
        self.process.terminate()
        self.process.wait(10)


def _beat(station: Station, stop: threading.Event) -> None:
    """In a thread of its own: a transfer may take hours, and has its own watchman (`supervisor`)."""
    while True:
        heartbeat.beat(station.folder("run"), "courier")
        if stop.wait(BEAT):
            return
