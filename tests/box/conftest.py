"""Sticks of every kind as loop devices: what the kernel and the mount programs here can do."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.box import loops


@dataclass
class Stick:
    """`image`: the bytes of the stick; `device`: what it is plugged in as."""

    image: Path
    device: Path


Plug = Callable[..., Stick]


@pytest.fixture
def plug(tmp_path: Path) -> Iterator[Plug]:
    """`plug("ext4", {"a.txt": b"…"})`; everything is pulled at the end."""
    if why := loops.cannot():
        pytest.skip(why)
    plugged: list[Stick] = []

    def one(kind: str, files: dict[str, bytes] | None = None, spoil: Callable[[Path], None] | None = None) -> Stick:
        image = tmp_path / f"stick-{len(plugged)}.img"
        loops.make(kind, image, files or {})
        if spoil:
            spoil(image)
        plugged.append(Stick(image, loops.attach(image)))
        return plugged[-1]

    yield one
    for stick in plugged:
        loops.detach(stick.device)


@pytest.fixture
def root(tmp_path: Path) -> Iterator[Path]:
    """Where sticks are mounted; nothing stays mounted below it."""
    place = tmp_path / "usb"
    yield place
    for mounted in place.iterdir() if place.is_dir() else []:
        if os.path.ismount(mounted):
            subprocess.run([shutil.which("umount") or "umount", "-l", mounted], check=True)
