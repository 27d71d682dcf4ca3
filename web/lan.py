"""Where the office's network reaches this box: its own addresses, and its name when that is announced.

Read from the kernel's route table as text: the unit of the pages may open no socket, not even to ask the kernel.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Sequence
from pathlib import Path

ROUTES = Path("/proc/net/fib_trie")
_RESOLVED = Path("/run/systemd/resolve")  # systemd-resolved, which answers for NAME.local
_LOCAL = re.compile(r"\|-- ([\d.]+)\n\s+/32 host LOCAL")


def addresses(routes: Path = ROUTES) -> list[str]:
    """IPv4, in the kernel's order, without the box's talk with itself; empty without a network."""
    text = routes.read_text() if routes.is_file() else ""
    return [one for one in dict.fromkeys(_LOCAL.findall(text)) if not ipaddress.ip_address(one).is_loopback]


def for_others(host: str, own: Sequence[str]) -> str:
    """`host` of a request, with its port, as another machine can open it: who sits at the box itself sees it under a name
    that says nothing to others. "" without a network."""
    here, colon, port = split(host)
    try:
        inside = ipaddress.ip_address(here.strip("[]")).is_loopback
    except ValueError:
        inside = here == "localhost"
    if not inside:
        return host
    return f"{own[0]}{colon}{port}" if own else ""


def split(host: str) -> tuple[str, str, str]:
    """(name, ":" or "", port or "")."""
    here, colon, port = host.rpartition(":")
    return (here, colon, port) if here and port.isdecimal() else (host, "", "")


def name(resolved: Path = _RESOLVED) -> str:
    """`lessonbox.local`; "" when nobody announces it."""
    own = socket.gethostname().split(".")[0].lower()
    return f"{own}.local" if resolved.is_dir() and own not in ("", "localhost") else ""
