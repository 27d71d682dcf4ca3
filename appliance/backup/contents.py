"""The files of a home with the hash of each: blobs carry it as their name, the others are read once and remembered by
the list of the last snapshot."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, cast

from appliance.backup import snapshots
from appliance.backup.pieces import Pieces
from appliance.backup.recovery import Keys
from appliance.backup.what import File, files
from appliance.errors import BackupDisk
from appliance.station import Station

Stamp = tuple[str, int, int]


def before(box: Path, keys: Keys) -> dict[Stamp, str]:
    """(path, size, time) → hash, of what is no blob, as the newest readable snapshot lists it."""
    newest = next(iter(snapshots.all(box, keys)), None)
    if newest is None:
        return {}
    try:
        listed = list(snapshots.read_list(Pieces(box, keys), newest))
    except (BackupDisk, OSError, ValueError):
        return {}  # every file is read anew then
    return {file.stamp: file.sha256 for file in listed if not file.path.endswith(file.sha256)}


def hashed(station: Station, known: Mapping[Stamp, str]) -> Iterator[File]:
    """What went away since it was listed is left out."""
    for file in files(station):
        if file.sha256:
            yield file
        elif file.stamp in known:
            yield replace(file, sha256=known[file.stamp])
        elif (digest := _digest(station.home / file.path)) is not None:
            yield replace(file, sha256=digest)


def opened(path: Path) -> BinaryIO:
    """A file of the box that may be gone or unreadable: it then ends early, its hash does not fit, and it is told as
    damaged. A read error of the box is never taken for one of the disk."""
    return cast(BinaryIO, _Patient(path))


class _Patient(io.RawIOBase):
    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: BinaryIO | None = None

    def read(self, count: int = -1) -> bytes:
        try:
            if self._file is None:
                self._file = self._path.open("rb")
            return self._file.read(count)
        except OSError:
            return b""

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
        super().close()


def _digest(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None
