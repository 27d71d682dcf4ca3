"""The fence that a child puts around itself before it reads a stranger's file: memory, time, files, network.

It cannot be taken down again: limits are hard ones, and new privileges are refused.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
from dataclasses import dataclass

MOST_ANSWER = 4 << 20  # bytes; an answer holds numbers and headings, no content
MOST_EARLIER = 1 << 20  # bytes of earlier answers that a look is given
_PR_SET_NO_NEW_PRIVS, _PR_SET_DUMPABLE, _PR_SET_PDEATHSIG = 38, 4, 1
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000


@dataclass(frozen=True)
class Bounds:
    """`memory`: bytes of address space. `cpu`, `wall`: seconds."""

    memory: int
    cpu: int
    wall: int


def put_up(bounds: Bounds) -> dict[str, object]:
    """Call after the file is open and the parsers are imported. Returns what was really fenced."""
    libc = ctypes.CDLL(None, use_errno=True)
    no_new = libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0
    libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)  # nobody would read the answer
    network = _leave_network(libc)
    for limit, value in (
        (resource.RLIMIT_AS, bounds.memory), (resource.RLIMIT_CPU, bounds.cpu), (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, MOST_ANSWER), (resource.RLIMIT_NOFILE, 64),
    ):  # fmt: skip
        resource.setrlimit(limit, (value, value))
    return {"network": network, "no_new_privileges": no_new, "memory": bounds.memory, "cpu_s": bounds.cpu}


def _leave_network(libc: ctypes.CDLL) -> str:
    """An empty network name space. Without root it needs a user name space too; a kernel may refuse both, and
    then the unit's own `PrivateNetwork` is what remains. The answer says which."""
    if libc.unshare(_CLONE_NEWNET) == 0:
        return "none"
    if libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) == 0:
        return "none"
    return f"not fenced: {os.strerror(ctypes.get_errno())}"
