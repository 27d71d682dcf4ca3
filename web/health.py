"""`/health`: one JSON object for supervisors, without signing in; names nothing and nobody."""

from __future__ import annotations

import sqlite3

from flask import Flask

from appliance import heartbeat
from appliance.errors import BoxError
from web import box


def install(app: Flask) -> None:
    app.add_url_rule("/health", "health", health)


def health() -> tuple[dict, int]:
    """200 when the catalog answers; the other parts are told, not judged: one may run without them."""
    beats = heartbeat.read(box.station().folder("run"))
    parts = {name: part["alive"] for name, part in beats.items()} | {"web": True}
    try:
        box.db().execute("select 1 from lesson limit 1").fetchone()
        whole = True
    except (BoxError, sqlite3.Error):
        whole = False
    return {"ok": whole, "catalog": whole, **parts}, 200 if whole else 503
