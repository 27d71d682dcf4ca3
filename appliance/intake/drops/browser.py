"""网页投递: hand-ins that a school has ended by 交齐了, in `drops/browser/<number>`, files under names of ours; the
labels beside say what each was called. A hand-in is one parcel. Once it is in the store the folder is cleared: the
school has its files, the box has its own copy, and nobody adds to it any more.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from appliance.intake.drops.folders import folders
from appliance.intake.parcel import FoundDrop
from appliance.station import Station
from appliance.store.files import sync_folder


def find(station: Station) -> Iterator[FoundDrop]:
    place = station.folder("drops/browser")
    for name, _ in folders(place):
        number = os.fsdecode(name)
        try:
            told = json.loads(_labels(place / number).read_bytes())
        except FileNotFoundError:
            continue  # taken, and amid being cleared
        names = {os.fsencode(ours): given for ours, given in told["names"].items()}
        yield FoundDrop(f"hand-in:{number}", told["school"], place / number, told["school"], labels=names)


def clear(path: Path) -> None:
    """The labels first: a folder without them is no drop, so half a folder is never taken for a whole one."""
    _labels(path).unlink(missing_ok=True)
    sync_folder(path.parent)
    shutil.rmtree(path, ignore_errors=True)


def sweep(station: Station) -> None:
    """Folders that a power cut left amid `clear`."""
    place = station.folder("drops/browser")
    for name, _ in folders(place):
        if not _labels(place / os.fsdecode(name)).exists():
            shutil.rmtree(place / os.fsdecode(name), ignore_errors=True)


def _labels(folder: Path) -> Path:
    return folder.with_name(folder.name + ".json")
