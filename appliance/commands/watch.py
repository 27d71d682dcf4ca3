"""`lessonbox watch`: takes what comes in, and carries it on. Two threads, each with a catalog of its own.

1. Sweep what a power cut left half copied; free what dead workers held.
2. Intake thread: round after round, sooner when an event comes.
3. Pipeline thread: one step after another.
4. This thread: signs of life, and the end. A thread that ended by itself ends the whole with exit code 30, so
   that whoever started us starts us again.
"""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from collections.abc import Callable

from appliance import heartbeat, pipeline
from appliance.alone import alone
from appliance.cli import station
from appliance.errors import StorageFull
from appliance.intake.drops import DROP_KINDS, browser
from appliance.intake.rounds import Intake, Stopped
from appliance.intake.wake import Wake
from appliance.station import Station

NAME = "watch"
_REST, _FULL = 0.5, 10.0  # seconds without work, and without room
_BREATH = 0.3  # seconds between rounds at least, however many events come
_BEAT = 3.0
_END_SECONDS = 8.0  # less than our starter's patience


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help="收完现在有的、检查完就结束")


def run(args: argparse.Namespace) -> int:
    box = station(args)
    with alone(box.folder("run"), "watch", "收件"):
        start(box)
        if args.once:
            once(box)
            return 0
        return _watch(box)


def start(box: Station) -> None:
    box.store().sweep()
    box.quarantine().sweep()
    browser.sweep(box)
    catalog = box.catalog()
    pipeline.recover(catalog)
    catalog.close()


def once(box: Station) -> None:
    """Rounds until nothing is unsettled, then the pipeline until nothing is due."""
    catalog = box.catalog()
    intake = Intake(box, catalog)
    pause = threading.Event()
    while intake.round()[1]:
        pause.wait(_tempo(box, True))
    while pipeline.run_once(box, catalog):
        continue
    catalog.close()


def _watch(box: Station) -> int:
    stop = threading.Event()
    wake = Wake([box.folder(kind.folder) for kind in DROP_KINDS])
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    threads = [
        threading.Thread(target=work, args=(box, stop, wake), daemon=True, name=work.__name__)
        for work in (_intake, _pipeline)
    ]
    for thread in threads:
        thread.start()
    heartbeat.ready()
    while not stop.is_set() and all(thread.is_alive() for thread in threads):
        heartbeat.beat(box.folder("run"), NAME)
        stop.wait(_BEAT)
    asked = stop.is_set()
    heartbeat.notify("STOPPING=1")
    stop.set()
    wake.ring()
    for thread in threads:  # a probe may take longer; what it would have said is asked again at the next start
        thread.join(_END_SECONDS / 2)
    return 0 if asked else 30


def _intake(box: Station, stop: threading.Event, wake: Wake) -> None:
    catalog = box.catalog()
    intake = Intake(box, catalog, stop.is_set)
    try:
        while not stop.is_set():
            unsettled = _patiently(stop, lambda: intake.round()[1])
            stop.wait(_BREATH)
            wake.wait(_tempo(box, bool(unsettled)))
    except Stopped:
        return
    finally:
        catalog.close()


def _pipeline(box: Station, stop: threading.Event, wake: Wake) -> None:
    catalog = box.catalog()
    try:
        while not stop.is_set():
            if not _patiently(stop, lambda: pipeline.run_once(box, catalog)):
                stop.wait(_REST)
    finally:
        catalog.close()


def _patiently(stop: threading.Event, work: Callable[[], bool]) -> bool:
    """With no room even for a row, the box waits until there is some (F6)."""
    try:
        return work()
    except StorageFull as error:
        print(error, file=sys.stderr, flush=True)
        stop.wait(_FULL)
        return False


def _tempo(box: Station, unsettled: bool) -> float:
    """Seconds to the next look: sooner while somebody is still writing."""
    rescan = box.settings.rescan_seconds
    return min(rescan, max(0.1, box.settings.quiet_seconds / 4)) if unsettled else rescan
