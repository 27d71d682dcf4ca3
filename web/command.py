"""`lessonbox web`: the pages. Eight threads; ends cleanly on SIGTERM; beats while it answers; gives up
uploads that nobody goes on with."""

from __future__ import annotations

import argparse
import logging
import os
import signal
import sys
import threading
import time
from types import FrameType
from typing import Any

from waitress.server import create_server

from appliance import heartbeat
from appliance.catalog import users
from appliance.cli import station
from appliance.errors import BoxError
from appliance.intake.uploads import sweep
from appliance.station import Station
from web import create_app, secret, sockets, tus, warming
from web.tls import keeping, serving

THREADS = 8
BEAT_SECONDS = 5.0
SWEEP_SECONDS = 600.0
HEADER_BYTES = 32 * 1024
SLOW_SECONDS = 30  # a client that says nothing for so long is let go
LIMITS: dict[str, Any] = {
    "threads": THREADS, "ident": None, "max_request_header_size": HEADER_BYTES, "channel_timeout": SLOW_SECONDS,
    "max_request_body_size": tus.PIECE_BYTES + 1, "clear_untrusted_proxy_headers": True,
}  # fmt: skip


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, help="端口（默认见 station.toml）")
    parser.add_argument("--unix-socket", metavar="PATH", help="改听一个 Unix 套接字")


def run(args: argparse.Namespace) -> int:
    box = station(args)
    logging.basicConfig(level=logging.WARNING, format="%(name)s %(levelname)s %(message)s")
    tell_setup_code(box)
    tidy(box)
    where = sockets.listening(args.port or box.settings.port, box.settings.lan_address, args.unix_socket)
    app = create_app(box)
    server = create_server(app, **LIMITS, **where)
    https = sockets.encrypted(box.settings.https_port, box.settings.lan_address)
    if https and keeping.is_made(box):
        serving.start(box, app, https, LIMITS)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _leave)
    for work in (_beat, _sweep):
        threading.Thread(target=work, args=(box,), name=work.__name__, daemon=True).start()
    heartbeat.ready()
    warming.begin(app)
    print(f"网页：{_address(where, box, args.port)}", file=sys.stderr)
    try:
        server.run()  # type: ignore[no-untyped-call]
    except SystemExit:
        heartbeat.notify("STOPPING=1")
    finally:
        server.close()  # type: ignore[no-untyped-call]
    return 0


def tell_setup_code(box: Station) -> None:
    catalog = box.catalog()
    if not users.any_exists(catalog.db):
        print(f"首次设置码：{secret.setup_code(box.home)}（也在 {box.home}/run/setup-code）", file=sys.stderr)
    catalog.close()


def _leave(number: int, frame: FrameType | None) -> None:
    """Raised in the main thread, which waits in the server's loop; requests at work are let finish."""
    raise SystemExit(0)


def _beat(box: Station) -> None:
    while True:
        heartbeat.beat(box.folder("run"), "web")
        time.sleep(min(BEAT_SECONDS, _watchdog_seconds() / 2))


def tidy(box: Station) -> None:
    """Before anybody sends anything."""
    catalog = box.catalog()
    sweep.at_start(box, catalog)
    catalog.close()


def _sweep(box: Station) -> None:
    while True:
        began = time.monotonic()
        time.sleep(SWEEP_SECONDS)
        catalog = box.catalog()
        try:
            sweep.give_up(box, catalog, time.monotonic() - began)
        except BoxError as error:  # a full disk, a catalog being restored: the next time will do
            print(error, file=sys.stderr, flush=True)
        finally:
            catalog.close()


def _watchdog_seconds() -> float:
    """What systemd waits for between two signs of life; long without systemd."""
    return int(os.environ.get("WATCHDOG_USEC", "3600000000")) / 1e6


def _address(where: dict, box: Station, port: int | None) -> str:
    if "listen" in where:
        host = box.settings.lan_address
        return f"http://{'127.0.0.1' if host in ('0.0.0.0', '::') else host}:{port or box.settings.port}/"
    return str(where.get("unix_socket", "由 systemd 给出的地址"))
