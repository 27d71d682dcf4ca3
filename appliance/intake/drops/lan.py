"""共享文件夹: `drops/lan/<school>/<item>`. Each top-level item of a school's folder is a parcel of its own, so
one slow copy holds up nothing else. A file put beside the school folders is taken too, its school unknown."""

from __future__ import annotations

import stat
from collections.abc import Iterator

from appliance.intake import names
from appliance.intake.drops.folders import below, inside
from appliance.intake.parcel import FoundDrop
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
