"""共享文件夹: `drops/lan/<school>/<item>`. Each top-level item of a school's folder is a parcel of its own, so
one slow copy holds up nothing else. A file put beside the school folders is taken too, its school unknown."""

from __future__ import annotations

import stat
from collections.abc import Iterator

from sqlite_utils import Database

from appliance.catalog import school_codes
from appliance.intake import names
from appliance.intake.drops.folders import below, inside
from appliance.intake.parcel import FoundDrop
from appliance.intake.walk import walk
from appliance.station import Station


def find(station: Station) -> Iterator[FoundDrop]:
    share = station.folder("drops/lan")
    loose = []
    for name, status in inside(share):
        if not stat.S_ISDIR(status.st_mode):
            loose.append(name)
            continue
        school = names.shown(name)
        folder = below(share, name)
        items = tuple(item for item, _ in inside(folder))
        identity = f"folder:{status.st_dev}:{status.st_ino}:{school}"
        yield FoundDrop(identity, school, folder, school, items)
    if loose:
        yield FoundDrop("loose", "没有放进学校文件夹的文件", share, "", tuple(loose))


def over(station: Station, db: Database, found: FoundDrop) -> str:
    """Why nothing more of a school's folder is taken: more lies in it than the school may put there; "" when not.
    What the office itself puts beside is not counted. Raises `SourceGone`, `StillChanging`."""
    row = school_codes.named(db, found.school)
    if row is None:
        return ""
    limit = station.settings.school_bytes if row["bytes"] is None else row["bytes"]
    there = sum(one.size for one in walk(found.path))
    if there <= limit:
        return ""
    return (
        f"{found.school} 的共享文件夹里有 {there / 1e9:.1f} GB，超过 {limit / 1e9:.1f} GB，新放的没有收。"
        "请学校删去收过的，或在“交件码”页给它增加"
    )
