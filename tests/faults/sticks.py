"""What plays a stick that fails: a FUSE disk with orders, and real file systems in loop images."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
NO_FUSE = "" if os.access("/dev/fuse", os.R_OK | os.W_OK) and shutil.which("fusermount3") else (
    "no /dev/fuse or fusermount3 here: make packages-dev, as root"
)  # fmt: skip
MAKERS = {"ext4": "mkfs.ext4", "ntfs-3g": "mkfs.ntfs", "exfat-fuse": "mkfs.exfat"}
_MAKE = {
    "ext4": ["mkfs.ext4", "-q", "-F"],
    "ntfs-3g": ["mkfs.ntfs", "-Q", "-F", "-q"],
    "exfat-fuse": ["mkfs.exfat"],
}
_MOUNT = {"ext4": ["mount", "-t", "ext4"], "ntfs-3g": ["mount", "-t", "ntfs-3g"], "exfat-fuse": ["mount.exfat-fuse"]}
RULES = "ro,nosuid,nodev,noexec"


class SickStick:
    """`path`: where it is mounted. `order(...)`: what it does from now on; nothing: it is healthy."""

    def __init__(self, path: Path, orders: Path) -> None:
        self.path, self.orders = path, orders

    def order(self, **told: Any) -> None:
        fresh = self.orders.with_suffix(".new")
        fresh.write_text(json.dumps(told))
        fresh.replace(self.orders)


@contextmanager
def sick(folder: Path, mount: Path, cached: bool = False) -> Iterator[SickStick]:
    """`folder` seen through the disk with faults, mounted at `mount` below some place that a test owns."""
    mount.mkdir(parents=True, exist_ok=True)
    orders = mount.parent / f"{mount.name}.orders"
    command = [
        sys.executable,
        "-m",
        "tests.faults.disk",
        str(folder),
        str(mount),
        str(orders),
        *(["cached"] if cached else []),
    ]
    server = subprocess.Popen(command, cwd=ROOT)
    try:
        deadline = time.monotonic() + 20
        while not os.path.ismount(mount):
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("the FUSE disk did not come up")
            time.sleep(0.02)
        yield SickStick(mount, orders)
    finally:
        orders.unlink(missing_ok=True)
        subprocess.run(["umount", "--lazy", mount], check=False)
        try:
            server.wait(5)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def cannot_mount(kind: str) -> str:
    """Why this file system cannot be tried here; "" when it can."""
    if os.geteuid() != 0:
        return "mounting needs root: sudo make test"
    missing = [tool for tool in (MAKERS[kind], _MOUNT[kind][0], "losetup") if not shutil.which(tool)]
    if missing:
        return f"missing {' '.join(missing)}: make packages-dev"
    return "" if subprocess.run(["losetup", "-f"], capture_output=True).returncode == 0 else "no loop device here"


def make_image(image: Path, kind: str, megabytes: int, content: Path) -> None:
    """A stick of this file system with a copy of `content`."""
    with image.open("wb") as file:
        file.truncate(megabytes << 20)
    with looped(image) as device:
        subprocess.run([*_MAKE[kind], device], check=True, capture_output=True)
        with mounted(device, kind, image.with_suffix(".making"), "rw") as at:
            shutil.copytree(content, at, dirs_exist_ok=True)


@contextmanager
def plugged(image: Path, kind: str, mount: Path) -> Iterator[Path]:
    """The image as a stick is mounted: read-only, nothing that runs or is a device."""
    with looped(image) as device, mounted(device, kind, mount, RULES) as at:
        yield at


@contextmanager
def looped(image: Path) -> Iterator[str]:
    device = subprocess.run(
        ["losetup", "--find", "--show", image], check=True, capture_output=True, text=True
    ).stdout.strip()
    try:
        yield device
    finally:
        subprocess.run(["losetup", "--detach", device], check=False)


@contextmanager
def mounted(device: str, kind: str, at: Path, options: str) -> Iterator[Path]:
    at.mkdir(parents=True, exist_ok=True)
    subprocess.run([*_MOUNT[kind], "-o", options, device, at], check=True, capture_output=True)
    try:
        yield at
    finally:
        subprocess.run(["umount", at], check=False)
        subprocess.run(["udevadm", "settle"], check=False) if shutil.which("udevadm") else time.sleep(0.2)
