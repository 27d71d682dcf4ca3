"""H13: clients that say little, or nothing, for long. They hold no thread, and the others are answered within a second."""

from __future__ import annotations

import contextlib
import http.client
import socket
import time

import pytest

from tests.web.test_command import ask, free_port, running

SAID = {
    "nothing": b"",
    "half a line": b"GET /hea",
    "headers without end": b"GET /health HTTP/1.1\r\nHost: box.lan\r\nX-A: b\r\n",
    "a body that does not come": b"POST /login HTTP/1.1\r\nHost: box.lan\r\nContent-Length: 900\r\n\r\nname=",
    "a chunk that does not end": b"POST /login HTTP/1.1\r\nHost: box.lan\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nab",
}


@pytest.mark.fault("H13")
def test_sixty_slow_clients_keep_nobody_waiting(station) -> None:
    port = free_port()
    with running(station, "--port", str(port)), contextlib.ExitStack() as slow:
        assert ask(http.client.HTTPConnection("127.0.0.1", port, timeout=5))[0] == 200
        for said in list(SAID.values()) * 12:
            client = slow.enter_context(socket.create_connection(("127.0.0.1", port), timeout=5))
            client.sendall(said)
        for _ in range(3):
            start = time.monotonic()
            assert ask(http.client.HTTPConnection("127.0.0.1", port, timeout=5))[0] == 200
            assert time.monotonic() - start < 1
