"""Whole files: slow readers keep no thread, and only so many are let in at once."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from waitress.server import create_server

from appliance.errors import NotAllowed
from web import pieces

SLOW = 12  # readers that ask and then do not read; the server has eight threads


@pytest.fixture
def film(tmp_path: Path) -> Path:
    path = tmp_path / "film.mp4"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    return path


def test_twelve_players_that_ask_for_all_and_read_nothing_leave_the_box_answering(film: Path) -> None:
    app = Flask("slow")
    app.add_url_rule("/film", "film", lambda: pieces.answer(film, "video/mp4"))
    app.add_url_rule("/health", "health", lambda: "well")
    server = create_server(app, host="127.0.0.1", port=0, threads=8, ident=None)
    threading.Thread(target=server.run, daemon=True).start()
    address = ("127.0.0.1", int(server.effective_port))
    readers = [socket.create_connection(address) for _ in range(SLOW)]
    for one in readers:
        one.sendall(b"GET /film HTTP/1.1\r\nHost: x\r\n\r\n")
        assert one.recv(12) == b"HTTP/1.1 200"
    with socket.create_connection(address, timeout=5) as other:
        other.sendall(b"GET /health HTTP/1.0\r\n\r\n")
        assert b"".join(iter(lambda: other.recv(4096), b"")).endswith(b"well")
    for one in readers:
        one.close()
    wait_for(lambda: app.extensions["whole"]._value == pieces.WHOLE_AT_ONCE)
    server.close()


def wait_for(holds: Callable[[], bool]) -> None:
    """The server notices by itself that a reader has gone."""
    end = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_more_than_sixteen_at_once_are_asked_to_wait_and_a_finished_one_makes_room(film: Path) -> None:
    app = Flask("many")
    with app.test_request_context():
        out = [pieces.whole(film, mimetype="video/mp4") for _ in range(pieces.WHOLE_AT_ONCE)]
        with pytest.raises(NotAllowed, match="太多"):
            pieces.whole(film, mimetype="video/mp4")
        out.pop().close()
        out.append(pieces.whole(film, mimetype="video/mp4"))
        for one in out:
            one.close()
