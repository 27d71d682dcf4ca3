"""A power cut on a real file system: ext4 in a loop image, copied while mounted, mounted again from the copy.

What the kernel had not written to the block device when the image was copied is gone, as it is when the plug is
pulled: page cache, unsynced names, uncommitted journal. The writer is stopped while the copy is made.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def can_cut() -> str:
    """Why power cuts cannot be tried here; "" when they can."""
    if os.geteuid() != 0:
        return "loop devices need root: sudo make test"
    missing = [tool for tool in ("mkfs.ext4", "losetup", "mount", "eatmydata") if not shutil.which(tool)]
    if missing:
        return f"missing {' '.join(missing)}: make packages-dev"
    probe = subprocess.run(["losetup", "-f"], capture_output=True)
    return "" if probe.returncode == 0 else "no loop device here"


def make_image(path: Path, megabytes: int) -> None:
    with path.open("wb") as file:
        file.truncate(megabytes << 20)
    subprocess.run(["mkfs.ext4", "-q", "-F", "-E", "lazy_itable_init=0", str(path)], check=True)


@contextmanager
def mounted(image: Path, at: Path) -> Iterator[Path]:
    at.mkdir(parents=True, exist_ok=True)
    subprocess.run(["mount", "-o", "loop", str(image), str(at)], check=True)
    try:
        yield at
    finally:
        subprocess.run(["umount", str(at)], check=True)


def cut(process: subprocess.Popen, image: Path, copy: Path) -> None:
    """The state of the disk as it is now, while `process` stands still."""
    os.kill(process.pid, signal.SIGSTOP)
    subprocess.run(["cp", "--sparse=always", str(image), str(copy)], check=True)
    os.kill(process.pid, signal.SIGCONT)
