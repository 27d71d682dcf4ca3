"""The forced command: all that a county's certificate can run. `gate.py HOME PRINCIPAL`, by sshd.

Sending: the newest session wins. A session whose line died may live on here for minutes and would write over
what the next one brings, so it is ended first; then rsync, for writing, in this county's folder only.
Fetching: rsync, for reading, in this county's receipts only.
Standard library only: it starts for every connection, and imports nothing that the county could reach.
"""

from __future__ import annotations

import fcntl
import os
import signal
import sys
import time
from pathlib import Path

RRSYNC = "/usr/bin/rrsync"
PATIENCE = 5.0  # seconds for an older session to end


def main(home: str, principal: str) -> None:
    asked = os.environ.get("SSH_ORIGINAL_COMMAND", "").split(" ")
    if asked[:3] == ["rsync", "--server", "--sender"]:
        folder = Path(home) / "receipts" / principal
        os.execv(RRSYNC, [RRSYNC, "-ro", str(folder)])
    end_older(Path(home) / "run" / f"gate-{principal}")
    folder = Path(home) / "incoming" / principal
    os.umask(0o027)
    os.execv(RRSYNC, [RRSYNC, "-wo", "-munge", "-no-del", "-no-lock", str(folder)])


def end_older(note: Path) -> None:
    """Ends the process group noted by the session before, and notes ours. sshd gives each its own session, so
    the group is rrsync and the rsyncs below it."""
    fd = os.open(note, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    fcntl.flock(fd, fcntl.LOCK_EX)
    before = os.read(fd, 100).decode().split()
    if len(before) == 2 and before[0].isdecimal() and born(int(before[0])) == before[1]:
        end(int(before[0]), before[1])
    os.ftruncate(fd, 0)
    os.pwrite(fd, f"{os.getpid()} {born(os.getpid())}\n".encode(), 0)
    os.close(fd)


def end(leader: int, birth: str) -> None:
    for kind in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(leader, kind)
        except (ProcessLookupError, PermissionError):
            return
        deadline = time.monotonic() + (PATIENCE if kind == signal.SIGTERM else 1.0)
        while time.monotonic() < deadline and born(leader) == birth:
            time.sleep(0.05)


def born(pid: int) -> str:
    """When a process began, in clock ticks since boot: a number used again is another process. "" when gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if fields[0] == "Z" else fields[19]


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
