"""What the first look of each page would pay for is paid at the start of the process, beside the answers, not before them:
the year's rules, the rankings of closed sessions, the templates. Nothing depends on it."""

from __future__ import annotations

import sys
import threading
import time

from flask import Flask

from appliance.errors import BoxError
from appliance.selection import board
from appliance.station import Station

PAUSE = 0.01  # seconds after each template: whoever asks meanwhile is served first


def begin(app: Flask) -> threading.Thread:
    thread = threading.Thread(target=warm, args=(app,), name="warming", daemon=True)
    thread.start()
    return thread


def warm(app: Flask, pause: float = PAUSE) -> None:
    box: Station = app.extensions["station"]
    try:
        _read(box)
    except BoxError as error:  # the pages say so to whoever opens one
        print(error, file=sys.stderr, flush=True)
    for name in app.jinja_env.list_templates(extensions=["html"]):
        app.jinja_env.get_template(name)
        time.sleep(pause)


def _read(box: Station) -> None:
    catalog = box.catalog()
    try:
        board.board(box, catalog.db, box.edition())
    finally:
        catalog.close()
