"""交齐了: the open hand-in becomes a drop.

1. One transaction: it is closed, nothing is added any more, the journal says so.
2. The labels are written beside where the folder will be, then the folder moves there in one rename.
A power cut between leaves a closed hand-in whose folder has not moved; `lay` is simply done again.
"""

from __future__ import annotations

import json
import os
from typing import Any

from appliance import failpoint, journal
from appliance.catalog import Catalog, uploads
from appliance.errors import NotAllowed
from appliance.intake.uploads import places
from appliance.station import Station
from appliance.store.files import replacing, sync_folder


def hand_over(station: Station, catalog: Catalog, school: dict[str, Any]) -> int:
    """The number of the hand-in. Raises `NotAllowed` while there is no file or one has not come whole."""
    with catalog.writing() as db:
        hand_in = uploads.open_hand_in(db, school["id"])
        files = uploads.of_hand_in(db, hand_in["id"]) if hand_in else []
        if hand_in is None or not files:
            raise NotAllowed("还没有传文件", remedy="请先选文件夹")
        if unfinished := sum(row["bytes"] < row["size"] for row in files):
            raise NotAllowed(f"还有 {unfinished} 个文件没有传完", remedy="请等传完，或去掉不交的文件")
        uploads.close_hand_in(db, hand_in["id"])
        told = {"school": school["school"], "files": len(files), "bytes": sum(row["size"] for row in files)}
        journal.append(db, "hand-in", f"hand-in/{hand_in['id']}", told, actor=school["school"])
    failpoint.reached("upload.handed")
    lay(station, catalog, hand_in["id"], school["school"])
    failpoint.reached("upload.laid")
    return int(hand_in["id"])


def lay(station: Station, catalog: Catalog, hand_in: int, school: str) -> None:
    """Nothing when it is there already, or was taken long ago."""
    folder = places.folder(station, hand_in)
    if not folder.is_dir():
        return
    names = {places.file_name(row): row["name"] for row in uploads.of_hand_in(catalog.db, hand_in)}
    with replacing(places.labels(station, hand_in)) as out:
        out.write(json.dumps({"school": school, "names": names}, ensure_ascii=False).encode())
    os.rename(folder, places.handed(station, hand_in))
    sync_folder(places.handed(station, hand_in).parent)
    sync_folder(folder.parent)
