"""File systems in files, and loop devices for them."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

# Makes one in a file; and the type to mount it by for writing. FAT: mtools fill it, no kernel needed.
MAKERS = {
    "ext4": (["mkfs.ext4", "-q", "-F"], "ext4"),
    "ext2": (["mkfs.ext2", "-q", "-F"], "ext4"),
    "xfs": (["mkfs.xfs", "-q", "-f"], "xfs"),
    "ntfs": (["mkfs.ntfs", "-q", "-F", "-Q"], "ntfs-3g"),
    "exfat": (["mkfs.exfat"], "exfat-fuse"),
    "vfat": (["mkfs.vfat", "-F", "32"], ""),
}
MEGABYTES = {"xfs": 320, "vfat": 40}


def cannot() -> str:
    """Why loop devices cannot be tried here; "" when they can."""
    if os.geteuid() != 0:
        return "loop devices need root: sudo make test-units"
    if missing := [tool for tool in ("losetup", "mount", "blkid") if not shutil.which(tool)]:
        return f"missing {' '.join(missing)}: make packages-dev"
    return "" if subprocess.run(["losetup", "-f"], capture_output=True).returncode == 0 else "no loop device here"


def cannot_make(kind: str) -> str:
    command, type_ = MAKERS[kind]
    helper = {"ntfs-3g": "mount.ntfs-3g", "exfat-fuse": "mount.exfat-fuse"}.get(type_, "mount")
    missing = [tool for tool in (command[0], helper) if not shutil.which(tool, path="/usr/sbin:/sbin:/usr/bin:/bin")]
    return f"missing {' '.join(missing)}: make packages-dev" if missing else ""


def make(kind: str, image: Path, files: dict[str, bytes], megabytes: int = 0) -> None:
    command, type_ = MAKERS[kind]
    with image.open("wb") as out:
        out.truncate((megabytes or MEGABYTES.get(kind, 24)) << 20)
    subprocess.run([*command, image], check=True, capture_output=True)
    if files:
        _fill(image, type_, files)


def _fill(image: Path, type_: str, files: dict[str, bytes]) -> None:
    device = attach(image)
    with tempfile.TemporaryDirectory() as place:
        subprocess.run(["mount", "-t", type_, device, place], check=True)
        try:
            for name, data in files.items():
                path = Path(place) / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
        finally:
            subprocess.run(["umount", place], check=True)
    detach(device)


def attach(image: Path) -> Path:
    done = subprocess.run(["losetup", "-f", "--show", image], check=True, capture_output=True, text=True)
    return Path(done.stdout.strip())


def detach(device: Path) -> None:
    """Writable again: the kernel keeps "read-only" for the next file of this loop device."""
    subprocess.run(["blockdev", "--setrw", device], check=True)
    subprocess.run(["losetup", "-d", device], check=True)
