"""The pages a second time, behind TLS: a server on a Unix socket of its own, that knows its address begins with https."""

from __future__ import annotations

import datetime as dt
import sys
import threading
from collections.abc import Mapping
from socket import socket
from typing import Any

from flask import Flask
from waitress.server import create_server

from appliance import journal
from appliance.station import Station
from web.tls import keeping, relay


def start(station: Station, app: Flask, listening: socket, limits: Mapping[str, Any]) -> None:
    """Renews the certificate when it is time. Raises `SettingsWrong` when the authority's files are lost."""
    if keeping.ready(station, dt.datetime.now(dt.UTC), keeping.own_names()):
        catalog = station.catalog()
        with catalog.writing() as db:
            journal.append(db, "https.renewed", "https", {})
        catalog.close()
        print("加密访问的证书换了新的，平板不用重新信任", file=sys.stderr)
    pages = station.folder("run") / "https.sock"
    pages.unlink(missing_ok=True)
    server = create_server(
        app, unix_socket=str(pages), unix_socket_perms="600", url_scheme="https", map={}, **limits
    )  # fmt: skip
    threading.Thread(target=server.run, daemon=True, name="https-pages").start()  # type: ignore[no-untyped-call]
    relay.start(listening, relay.context(keeping.folder(station)), pages)
