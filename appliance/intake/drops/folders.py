"""Listing folders that people fill, for the drop kinds."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path


def inside(folder: Path) -> Iterator[tuple[bytes, os.stat_result]]:
    """Names and status of what lies directly in a folder, in order; what vanishes meanwhile is left out.
    Links are not followed. A folder that is not there is empty."""
    try:
        listed = sorted(os.listdir(os.fsencode(folder)))
    except OSError:
        return
    for name in listed:
        try:
            yield name, os.lstat(os.path.join(os.fsencode(folder), name))
        except OSError:
            continue


def folders(folder: Path) -> Iterator[tuple[bytes, os.stat_result]]:
    return (found for found in inside(folder) if stat.S_ISDIR(found[1].st_mode))


def below(folder: Path, name: bytes) -> Path:
    return folder / os.fsdecode(name)
