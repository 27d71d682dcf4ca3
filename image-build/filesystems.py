"""The file systems of the image, made without loop device and without mounting: erofs for a slot, FAT by mtools."""

from __future__ import annotations

import os
import subprocess
import uuid
from collections.abc import Mapping
from pathlib import Path

_NAMESPACE = uuid.UUID("1e550b0c-0000-4000-8000-00000000000f")


class TooLarge(Exception):
    """The root does not fit its slot."""


def root(tree: Path, image: Path, epoch: int, version: str, room: int) -> None:
    """`room`: bytes of a slot. The same tree gives the same bytes: id and time come from the version.

    Raises `TooLarge`."""
    image.unlink(missing_ok=True)
    identity = uuid.uuid5(_NAMESPACE, version)
    words = ["mkfs.erofs", "--quiet", "-zlz4hc,3", "-C65536", f"-T{epoch}", "--preserve-mtime", f"-U{identity}"]
    subprocess.run([*words, image, tree], check=True)
    if image.stat().st_size > room:
        raise TooLarge(f"the root has {image.stat().st_size >> 20} MiB, a slot {room >> 20} MiB")


def fat(image: Path, size: int, label: str, files: Mapping[str, bytes], epoch: int) -> None:
    """`size` in MiB; `files`: path → bytes; the folders above them are made."""
    image.unlink(missing_ok=True)
    with image.open("wb") as file:
        file.truncate(size << 20)
    serial = f"{uuid.uuid5(_NAMESPACE, label).int & 0xFFFFFFFF:08x}"
    subprocess.run(
        ["mkfs.vfat", "-F32", "-n", label, "-i", serial, "--invariant", image], check=True, stdout=subprocess.DEVNULL
    )
    # Without UTF-8 mtools breaks Chinese names.
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "MTOOLS_SKIP_CHECK": "1", "SOURCE_DATE_EPOCH": str(epoch)}
    folders = {str(above) for name in files for above in Path(name).parents if str(above) != "."}
    for folder in sorted(folders):
        subprocess.run(["mmd", "-i", image, f"::/{folder}"], check=True, env=environment)
    for name, data in files.items():
        subprocess.run(["mcopy", "-i", image, "-", f"::/{name}"], input=data, check=True, env=environment)
