"""What the mounter does to the system: programs, and one ioctl."""

from __future__ import annotations

import fcntl
import struct
import subprocess
import sys
from pathlib import Path

_BLKROSET = 0x125D  # ioctl: the block device refuses writes
_SECONDS = 50  # less than the unit's patience


def run(*command: str) -> bool:
    """What the program complains of goes to the log of the unit."""
    try:
        done = subprocess.run(command, capture_output=True, timeout=_SECONDS, stdin=subprocess.DEVNULL)
    except (FileNotFoundError, subprocess.TimeoutExpired) as error:
        print(error, file=sys.stderr)
        return False
    sys.stderr.write(done.stderr.decode(errors="replace"))
    return done.returncode == 0


def refuse_writes(device: Path, refuse: bool) -> None:
    with device.open("rb") as block:
        fcntl.ioctl(block, _BLKROSET, struct.pack("i", refuse))
