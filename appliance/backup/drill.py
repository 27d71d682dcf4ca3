"""A drill: everything that the newest snapshot lists is brought into a side folder and compared, nothing is touched.

Each file is written there, synced and read as a real restore would, and taken away again, so the drill needs the room of
the largest file only. The catalog stays until it has told which contents it speaks of.
"""

from __future__ import annotations

import tempfile
from dataclasses import asdict
from pathlib import Path

from appliance import journal
from appliance.alone import alone
from appliance.backup import fat, snapshots
from appliance.backup.bring_back import find, write
from appliance.backup.disks import Disk
from appliance.backup.pieces import Pieces
from appliance.backup.recovery import Keys
from appliance.backup.snapshots import Snapshot
from appliance.backup.state import Progress
from appliance.backup.what import CATALOG, File
from appliance.catalog import Catalog, blobs, deliveries
from appliance.errors import BackupDisk, CatalogDamaged
from appliance.restore import Restored
from appliance.station import Station


def drill(station: Station, disk: Disk, keys: Keys, progress: Progress, actor: str = "box") -> Restored:
    """`gone`: files that do not come back as they were; `missing`: contents of the catalog that the list lacks.
    Raises `BackupDisk`, `CatalogDamaged`."""
    box, snapshot = find(disk, keys)
    pieces = Pieces(box, keys)
    with alone(station.folder("run"), "disk-backup", "备份"):
        with tempfile.TemporaryDirectory(prefix="drill-", dir=station.folder("backup")) as scratch:
            listed, gone = _files(pieces, snapshot, Path(scratch), progress)
            disk.require()
            catalog, entries = _catalog(pieces, snapshot, Path(scratch))
            missing = sum(sha256 not in listed for sha256 in blobs.all_sha256(catalog.db))
            count = len(deliveries.numbers(catalog.db))
            catalog.close()
    result = Restored(f"备份盘 {disk.id} 第 {snapshot.number} 份", entries, count, [], [], gone, missing)
    now = station.catalog()
    with now.writing() as db:
        journal.append(db, "restore.drill", f"disk/{disk.id}", asdict(result) | {"ok": result.ok}, actor=actor)
    now.close()
    return result


def _files(pieces: Pieces, snapshot: Snapshot, scratch: Path, progress: Progress) -> tuple[set[str], int]:
    """(hashes that came back, how many files did not)."""
    came, gone, done = set(), 0, 0
    for file in snapshots.read_list(pieces, snapshot):
        if file.sha256 not in came:
            if _comes_back(pieces, file, scratch):
                came.add(file.sha256)
            else:
                gone += 1
        done += file.size
        progress("恢复到临时文件夹，逐份核对", done, snapshot.bytes)
    return came, gone


def _comes_back(pieces: Pieces, file: File, scratch: Path) -> bool:
    target = scratch / "file"
    try:
        write(pieces, file, target)
        return fat.digest(target) == file.sha256
    except BackupDisk:
        return False
    finally:
        target.unlink(missing_ok=True)


def _catalog(pieces: Pieces, snapshot: Snapshot, scratch: Path) -> tuple[Catalog, int]:
    write(pieces, File(CATALOG, snapshot.catalog[1], 0, snapshot.catalog[0]), scratch / CATALOG)
    catalog = Catalog.open(scratch / CATALOG)
    entries, bad = journal.verify(catalog.db)
    if bad is not None or not catalog.whole():
        catalog.close()
        raise CatalogDamaged("演练恢复出来的目录库不完整", effect="现在用的目录库没有改动", remedy="请马上再备份一次")
    return catalog, entries
