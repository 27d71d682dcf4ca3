"""What lies on the disk is read again, a share each night, so that within some nights everything was.

A spoiled piece is taken away: the run then finds it missing, and writes it anew while the box still has its content.
"""

from __future__ import annotations

from collections.abc import Callable

from appliance.backup.disks import Disk
from appliance.backup.pieces import Pieces

_FOLDERS = 256


def share(number: int, nights: int) -> list[str]:
    """Folders of pieces whose turn it is in run `number`."""
    return [f"{folder:02x}" for folder in range(_FOLDERS) if folder % nights == number % nights]


def recheck(
    disk: Disk, pieces: Pieces, number: int, nights: int, progress: Callable[[int], None]
) -> tuple[int, list[str]]:
    """(pieces read, names of those that were spoiled). Raises `BackupDisk` when the disk is gone meanwhile."""
    read, spoiled = 0, []
    for folder in share(number, nights):
        place = pieces.root / folder
        for path in sorted(place.iterdir()) if place.is_dir() else []:
            if path.suffix:
                continue
            size = path.stat().st_size
            if pieces.opened(path.name) is None and pieces.opened(path.name) is None:  # twice: a cable may have coughed
                disk.require()
                path.unlink()
                spoiled.append(path.name)
            read += 1
            progress(size)
    return read, spoiled
