"""Where the server listens: what systemd hands over, else a Unix socket that was asked for, else the port."""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping
from typing import Any

_FIRST = 3  # sd_listen_fds(3): file descriptors from here on


def listening(port: int, address: str, unix_socket: str | None, env: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """Arguments for waitress."""
    if given := activated(env, "web"):
        return {"sockets": given}
    if unix_socket:
        return {"unix_socket": unix_socket, "unix_socket_perms": "660"}
    return {"listen": f"[{address}]:{port}" if ":" in address else f"{address}:{port}"}


def encrypted(port: int, address: str, env: Mapping[str, str] = os.environ) -> socket.socket | None:
    """Where browsers that want TLS knock; None when nothing of the kind was asked for."""
    if env.get("LISTEN_PID") == str(os.getpid()):  # under systemd only systemd opens doors
        return next(iter(activated(env, "https")), None)
    if not port:
        return None
    return socket.create_server((address, port), family=socket.AF_INET6 if ":" in address else socket.AF_INET)


def activated(env: Mapping[str, str], name: str) -> list[socket.socket]:
    """Sockets of systemd's activation with this name, when they are meant for this very process. Without names, all
    are for the pages."""
    if env.get("LISTEN_PID") != str(os.getpid()):
        return []
    count = int(env.get("LISTEN_FDS", "0"))
    names = env["LISTEN_FDNAMES"].split(":") if env.get("LISTEN_FDNAMES") else ["web"] * count
    return [socket.socket(fileno=_FIRST + n) for n, each in enumerate(names[:count]) if each == name]
