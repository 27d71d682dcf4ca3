"""`python -m tests.systemd.fence UNIT COMMAND…`: one command of the box, in a process with the system-call filter of
its unit: what the unit's SystemCallFilter, RestrictAddressFamilies and RestrictNamespaces come to.

No systemd need run for that; libseccomp, which systemd itself uses, loads the filter.
"""

from __future__ import annotations

import ctypes
import errno
import socket
import subprocess
import sys
from functools import cache
from pathlib import Path

from tests.systemd.conftest import UNITS
from tests.systemd.words import value, values

LIBRARY = "libseccomp.so.2"
_ALLOW, _ERRNO = 0x7FFF0000, 0x00050000
_EQUAL, _MASKED_EQUAL = 4, 7
_NAMESPACES = (0x00000080, 0x00020000, 0x02000000, 0x04000000, 0x08000000, 0x10000000, 0x20000000, 0x40000000)


class Comparison(ctypes.Structure):
    _fields_ = [("arg", ctypes.c_uint), ("op", ctypes.c_int), ("a", ctypes.c_uint64), ("b", ctypes.c_uint64)]


def put_up(unit: Path) -> None:
    """Cannot be taken down again. Raises `OSError` when the kernel or the library refuses."""
    library = ctypes.CDLL(LIBRARY)
    library.seccomp_init.restype = ctypes.c_void_p
    context = ctypes.c_void_p(library.seccomp_init(_ERRNO | errno.EPERM))

    def rule(action: int, name: str, *comparisons: Comparison) -> None:
        number = library.seccomp_syscall_resolve_name(name.encode())
        if number >= 0:
            count = ctypes.c_uint(len(comparisons))
            array = (Comparison * len(comparisons))(*comparisons)
            library.seccomp_rule_add_array(context, ctypes.c_uint32(action), number, count, array)

    families = {int(getattr(socket, name)) for name in value(unit, "RestrictAddressFamilies").split() if name != "none"}
    for name in allowed(unit) - {"socket", "unshare", "clone", "clone3"}:
        rule(_ALLOW, name)
    for family in families:
        rule(_ALLOW, "socket", Comparison(0, _EQUAL, family, 0))
    # clone without a new name space; clone3 hides its flags, and glibc falls back to clone for ENOSYS.
    every = sum(_NAMESPACES)
    rule(_ALLOW, "clone", Comparison(0, _MASKED_EQUAL, every, 0))
    rule(_ALLOW, "unshare", Comparison(0, _MASKED_EQUAL, every, 0))
    rule(_ERRNO | errno.ENOSYS, "clone3")
    if library.seccomp_load(context) != 0:
        raise OSError("seccomp_load was refused")


def allowed(unit: Path) -> set[str]:
    """The system calls that the unit's SystemCallFilter lines leave."""
    found: set[str] = set()
    for line in values(unit, "SystemCallFilter"):
        names = {name for word in line.lstrip("~").split() for name in members(word)}
        found = found - names if line.startswith("~") else found | names
    return found


@cache
def members(word: str) -> frozenset[str]:
    """A group of systemd's, with the groups in it, as names of calls."""
    if not word.startswith("@"):
        return frozenset([word])
    said = subprocess.run(["systemd-analyze", "syscall-filter", word], check=True, text=True, capture_output=True)
    lines = [line.strip() for line in said.stdout.splitlines()[1:] if line.strip() and "#" not in line]
    return frozenset(name for line in lines for name in members(line))


def main(argv: list[str]) -> int:
    from appliance import cli

    put_up(UNITS / argv[0])
    return cli.main(argv[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
