"""A station behind a real server that can be stopped and started on the same port."""

from __future__ import annotations

import threading

from waitress.server import create_server

from appliance.station import Station
from web import create_app


class Box:
    def __init__(self, station: Station) -> None:
        self.station, self.port = station, 0
        self.start()

    def start(self) -> None:
        self.app = create_app(self.station)
        self.server = create_server(self.app, host="127.0.0.1", port=self.port, threads=8, ident=None)
        self.port = int(self.server.effective_port)
        self.thread = threading.Thread(target=self.server.run, daemon=True)
        self.thread.start()

    def stop(self) -> None:
        self.server.close()
        self.server.maintenance(10**10)  # open connections too
        self.thread.join(0)
