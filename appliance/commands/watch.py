"""`lessonbox watch`: takes what comes in, and carries it on. Three threads, each with a catalog of its own.

1. Look whether the catalog is whole; bring it and the side files together; sweep what a power cut left half copied;
   free what dead workers held.
2. Intake thread: round after round, sooner when an event comes; each drop is served in a thread of its own.
3. First answers: one step after another, to the answer that needs no decoding.
4. Full checks: films, one delivery after another; a stop is heard between two looks.
5. This thread: signs of life, and the end, also when the settings were changed. A thread that ended by itself ends the whole with exit code 30, so
   that whoever started us starts us again.
"""

from __future__ import annotations

import argparse
import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence

from appliance import damage, heartbeat, pipeline, rebuild
from appliance.alone import alone
from appliance.cli import Answer, station
from appliance.commands.delivery import text
from appliance.errors import StorageFull
from appliance.intake.drops import DROP_KINDS, browser
from appliance.intake.rounds import Intake, Stopped
from appliance.intake.side_by_side import SideBySide
from appliance.intake.wake import Wake
from appliance.reports.delivery import delivery_view
from appliance.station import Station

NAME = "watch"
_REST, _FULL = 0.5, 10.0  # seconds without work, and without room
_BREATH = 0.3  # seconds between rounds at least, however many events come
_BEAT = 3.0
_PARTIAL_DAYS = 30  # a stick that does not come back for so long is copied from its beginning
_END_SECONDS = 8.0  # less than our starter's patience


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help="收完现在有的、检查完就结束")


def run(args: argparse.Namespace) -> int | Answer:
    box = station(args)
    with alone(box.folder("run"), "watch", "收件"):
        start(box)
        return once(box) if args.once else _watch(box)


def start(box: Station) -> None:
    for store in (box.store(), box.quarantine()):
        store.sweep()
        store.forget_partials(time.time() - _PARTIAL_DAYS * 86_400)
    browser.sweep(box)
    catalog = damage.opened(box)
    pipeline.recover(catalog)
    if again := rebuild.agree(box, catalog).deliveries:
        print(f"目录库里少了 {len(again)} 次投递，已照存储里的记录补回", file=sys.stderr, flush=True)
    catalog.close()


def once(box: Station) -> Answer:
    """Rounds until nothing is unsettled, then the pipeline until nothing is due. Answers, as `intake` does, with
    the deliveries that it took."""
    catalog = box.catalog()
    intake = Intake(box, catalog)
    pause = threading.Event()
    taken, unsettled = intake.round()
    while unsettled:
        pause.wait(_tempo(box, True))
        more, unsettled = intake.round()
        taken += more
    for stages in (pipeline.TO_THE_ANSWER, pipeline.FULL):
        while pipeline.run_once(box, catalog, stages=stages):
            continue
    views = [delivery_view(catalog.db, no, box.edition()) for no in taken]
    catalog.close()
    return Answer({"deliveries": views}, "\n".join(text(view) for view in views) or "没有新的投递")


def _watch(box: Station) -> int:
    stop = threading.Event()
    wake = Wake([box.folder(kind.folder) for kind in DROP_KINDS])
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    threads = [
        threading.Thread(target=work, args=(box, stop, wake), daemon=True, name=work.__name__)
        for work in (_intake, _answers, _full_checks)
    ]
    for thread in threads:
        thread.start()
    heartbeat.ready()
    settings = box.stamp()
    while not stop.is_set() and box.stamp() == settings and all(thread.is_alive() for thread in threads):
        heartbeat.beat(box.folder("run"), NAME)
        stop.wait(_BEAT)
    asked = stop.is_set() or box.stamp() != settings
    heartbeat.notify("STOPPING=1")
    stop.set()
    wake.ring()
    for thread in threads:  # a look may take longer; it ends with us, and is taken again at the next start
        thread.join(_END_SECONDS / len(threads))
    return 0 if asked else 30


def _intake(box: Station, stop: threading.Event, wake: Wake) -> None:
    catalog = box.catalog()
    drops = SideBySide(Intake(box, catalog, stop.is_set))
    try:
        while not stop.is_set():
            unsettled = _patiently(stop, drops.round)
            stop.wait(_BREATH)
            wake.wait(_tempo(box, bool(unsettled)))
    except Stopped:
        return
    finally:
        drops.close()
        catalog.close()


def _answers(box: Station, stop: threading.Event, wake: Wake) -> None:
    _work(box, stop, pipeline.TO_THE_ANSWER)


def _full_checks(box: Station, stop: threading.Event, wake: Wake) -> None:
    _work(box, stop, pipeline.FULL)


def _work(box: Station, stop: threading.Event, stages: Sequence[pipeline.Stage]) -> None:
    catalog = box.catalog()
    try:
        while not stop.is_set():
            if not _patiently(stop, lambda: pipeline.run_once(box, catalog, stages=stages, stopping=stop.is_set)):
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
