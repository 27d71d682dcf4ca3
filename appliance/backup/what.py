"""What of a home goes to the disk: bytes that were received, what is known of them, and who is trusted.

Left out: the keys of the box (`secret`, never exported), what can be made again (`evidence`), what is not received yet
(`drops`, `uploads`, `incoming`), copies of the catalog (the run takes a fresh one), signs of life (`run`).
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from appliance.station import Station

TREES = ("store", "quarantine", "accepted", "outbox", "receipts", "trust", "editions")
CATALOG, SETTINGS = "catalog.db", "station.toml"
_BLOB = re.compile(r"(?:store|store/scans|quarantine)/[0-9a-f]{2}/([0-9a-f]{64})")
_UNFINISHED = re.compile(r"(?:store|store/scans|quarantine)/(?:incoming|partial)(?:/|$)|(?:^|/)\.[^/]*\.tmp$|\.part$")


@dataclass(frozen=True)
class File:
    """`path`: below the home. `sha256`: of a blob, whose name it is; else "" until it is read."""

    path: str
    size: int
    mtime_ns: int
    sha256: str = ""

    @property
    def stamp(self) -> tuple[str, int, int]:
        return self.path, self.size, self.mtime_ns


def files(station: Station) -> Iterator[File]:
    """In order of their paths. What goes away while we look is not there; links and devices are none of ours."""
    if (settings := _file(station.home, SETTINGS)) is not None:
        yield settings
    for tree in TREES:
        yield from _below(station.home, tree)


def _below(home: Path, folder: str) -> Iterator[File]:
    try:
        names = sorted(os.listdir(home / folder))
    except (FileNotFoundError, NotADirectoryError):
        return
    for name in names:
        path = f"{folder}/{name}"
        if _UNFINISHED.search(path):
            continue
        if (home / path).is_dir() and not (home / path).is_symlink():
            yield from _below(home, path)
        elif (found := _file(home, path)) is not None:
            yield found


def _file(home: Path, path: str) -> File | None:
    try:
        status = os.lstat(home / path)
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(status.st_mode):
        return None
    blob = _BLOB.fullmatch(path)
    return File(path, status.st_size, status.st_mtime_ns, blob[1] if blob else "")
