"""Which disks are the box's own. A stick is never one of them, whatever it is called and whatever it says it is."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

_MOUNTS, _SWAPS = Path("/proc/self/mountinfo"), Path("/proc/swaps")
_NUMBERS = Path("/sys/dev/block")
_TOLD = Path("/run/lessonbox/disk")  # the early start names the disk that it found the system on


def own_disks(*sticks: Path) -> set[str]:
    """Kernel names of the disks that carry anything mounted outside `sticks` (several places), and swap."""
    disks = {name for number in _mounted(sticks) for name in disks_below(_NUMBERS / number)}
    for line in _lines(_SWAPS)[1:]:
        if line.startswith("/dev/"):
            disks |= set(disks_below(Path("/sys/class/block") / Path(line.split()[0]).resolve().name))
    return disks | {line.strip() for line in _lines(_TOLD) if line.strip()}


def disks_below(place: Path) -> Iterator[str]:
    """The whole disks below a block device: of a partition its disk, of a mapped device all that it lies on."""
    try:
        place = place.resolve(strict=True)
        below = sorted((place / "slaves").iterdir()) if (place / "slaves").is_dir() else []
    except OSError:
        return  # not on a block device: tmpfs, FUSE, overlay
    for slave in below:
        yield from disks_below(slave)
    if not below:
        yield place.parent.name if (place / "partition").exists() else place.name


def _mounted(sticks: tuple[Path, ...]) -> Iterator[str]:
    """major:minor of each mount."""
    for line in _lines(_MOUNTS):
        fields = line.split()
        if not any(Path(fields[4]).is_relative_to(place) for place in sticks):
            yield fields[2]


def _lines(path: Path) -> list[str]:
    try:
        return os.fsdecode(path.read_bytes()).splitlines()
    except OSError:
        return []
