"""Where the server listens: what systemd hands over, else a Unix socket that was asked for, else the port."""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping
from typing import Any

_FIRST = 3  # sd_listen_fds(3): file descriptors from here on


def listening(port: int, address: str, unix_socket: str | None, env: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """Arguments for waitress."""
    if given := activated(env):
        return {"sockets": given}
    if unix_socket:
        return {"unix_socket": unix_socket, "unix_socket_perms": "660"}
    return {"listen": f"[{address}]:{port}" if ":" in address else f"{address}:{port}"}


def activated(env: Mapping[str, str]) -> list[socket.socket]:
    """Sockets of systemd's activation, when they are meant for this very process."""
    if env.get("LISTEN_PID") != str(os.getpid()):
        return []
    return [socket.socket(fileno=_FIRST + n) for n in range(int(env.get("LISTEN_FDS", "0")))]
