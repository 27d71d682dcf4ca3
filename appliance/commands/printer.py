"""`lessonbox printer`: prints what was asked for, for ever; `test` asks for a page; `list` says what became of it."""

from __future__ import annotations

import argparse
import signal
import threading

from appliance import heartbeat
from appliance.alone import alone
from appliance.catalog import print_jobs
from appliance.cli import Answer, station
from appliance.printing import asking, work
from appliance.printing.words import STATES
from appliance.station import Station

NAME = "printer"
_REST, _BEAT = 0.5, 5.0
_SHOWN = 20


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "what",
        choices=("serve", "once", "test", "slip", "list"),
        help="serve 一直打；once 打完排队的；test 测试页；slip 通知单",
    )
    parser.add_argument("--by", default="命令行", metavar="USER")
    parser.add_argument("no", nargs="?", type=int, default=0, help="投递的号（slip）")


def run(args: argparse.Namespace) -> int | Answer:
    box = station(args)
    if args.what == "list":
        return _list(box)
    if args.what in ("test", "slip"):
        catalog = box.catalog()
        job = asking.ask(box, catalog, args.what, args.no, args.by)
        catalog.close()
        return Answer({"job": job}, f"已排队，第 {job} 件")
    with alone(box.folder("run"), NAME, "打印"):
        return _serve(box) if args.what == "serve" else _once(box)


def _once(box: Station) -> Answer:
    catalog = box.catalog()
    work.recover(catalog)
    while work.run_once(box, catalog):
        continue
    catalog.close()
    return _list(box)


def _serve(box: Station) -> int:
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    threading.Thread(target=_beat, args=(box, stop), daemon=True, name="beat").start()
    catalog = box.catalog()
    work.recover(catalog)
    heartbeat.ready()
    settings = box.stamp()
    while not stop.is_set() and box.stamp() == settings:
        if not work.run_once(box, catalog):
            stop.wait(_REST)
    heartbeat.notify("STOPPING=1")
    catalog.close()
    return 0


def _beat(box: Station, stop: threading.Event) -> None:
    """Also while a printer without paper is waited for."""
    while not stop.is_set():
        heartbeat.beat(box.folder("run"), NAME)
        stop.wait(_BEAT)


def _list(box: Station) -> Answer:
    catalog = box.catalog()
    rows = print_jobs.newest(catalog.db, _SHOWN)
    catalog.close()
    lines = [
        f"第 {row['id']} 件　{row['paper']} {row['about'] or ''}　{STATES[row['state']]}　{row['reason']}"
        for row in rows
    ]
    return Answer({"jobs": rows}, "\n".join(lines) or "还没有打印过")
