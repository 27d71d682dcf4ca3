"""恢复: from a backup disk onto this box, which may be a new one.

1. Nothing is brought over a box that has received something, unless a person says so.
2. Every content is read from the disk, its pieces opened, its hash compared, written beside, synced, renamed. What is
   there already and whole stays: killed and started again it goes on.
3. The catalog comes after the bytes that it speaks of; the old one is put away, not removed.
4. The receipts of deliveries and the settings come last. Keys do not come: the box has its own.
5. The catalog remembers that it is a restored one: numbers for the station above begin in an epoch that nobody has seen.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import asdict
from pathlib import Path, PurePosixPath

from appliance import damage, failpoint, journal, restore
from appliance.alone import alone
from appliance.backup import recovery, snapshots, state
from appliance.backup.disks import Disk
from appliance.backup.new_box import take_settings
from appliance.backup.pieces import Pieces
from appliance.backup.recovery import Keys
from appliance.backup.snapshots import Snapshot
from appliance.backup.state import Known, Progress
from appliance.backup.what import CATALOG, SETTINGS, TREES, File
from appliance.catalog import Catalog, bundles, deliveries
from appliance.errors import BackupDisk, BoxError, CatalogDamaged, NotAllowed
from appliance.restore import Restored
from appliance.station import Station
from appliance.store.files import sync_folder

_LAST = "store/received/"  # a watcher that starts amid it must not write deliveries into a catalog that is not theirs
_BLOB_MODE, _MODE = 0o440, 0o660


def find(disk: Disk, keys: Keys, number: int = 0) -> tuple[Path, Snapshot]:
    """The folder and the snapshot: this number, or the newest. Raises `BackupDisk`."""
    boxes = disk.boxes(keys)
    if not boxes:
        raise BackupDisk("这个恢复码打不开这块备份盘", effect="什么也没有恢复", remedy="请核对恢复码和备份盘")
    found = [(box, snapshots.pick(box, keys, number)) for box in boxes if snapshots.all(box, keys)]
    if not found:
        raise BackupDisk("这块备份盘上没有能用的备份", effect="什么也没有恢复", remedy="请换另一块备份盘")
    return max(found, key=lambda one: (one[1].made_at, one[1].number))


def bring_back(
    station: Station, disk: Disk, keys: Keys, number: int, progress: Progress, replace: bool = False, actor: str = "box"
) -> Restored:
    """Raises `AlreadyRunning` while the box takes things in, `NotAllowed`, `BackupDisk`, `CatalogDamaged`."""
    box, snapshot = find(disk, keys, number)
    with alone(station.folder("run"), "watch", "收件"):
        if not replace:
            _refuse_a_used_box(station)
        pieces = Pieces(box, keys)
        files = sorted(snapshots.read_list(pieces, snapshot), key=_order)
        station.store().require_room(sum(file.size for file in files if not (station.home / file.path).exists()))
        fresh = _catalog(station, pieces, snapshot)
        _files(station, pieces, [file for file in files if not file.path.startswith(_LAST)], snapshot.bytes, progress)
        kept = restore.put_away(station)
        os.replace(fresh, station.home / CATALOG)
        sync_folder(station.home)
        failpoint.reached("bring-back.catalog")
        _files(station, pieces, [file for file in files if file.path.startswith(_LAST)], snapshot.bytes, progress)
        settings = next((file for file in files if file.path == SETTINGS), None)
        if settings is not None:
            take_settings(station, b"".join(pieces.read(settings.sha256, settings.size)))
        if recovery.of_box(station.home) is None:
            recovery.keep(station.home, Keys(keys.id, keys.name, keys.seal))
        state.note(
            station.home, Known(disk.id, disk.name)
        )  # from now on this box's own: plugged in again, it is filled
        return _finish(Station.open(station.home), f"备份盘 {disk.id} 第 {snapshot.number} 份", kept, actor)


def _finish(station: Station, source: str, kept: str, actor: str) -> Restored:
    catalog = station.catalog()
    result = restore.bring_up(station, catalog, source, kept)
    with catalog.writing() as db:
        journal.append(db, "restored", "catalog", asdict(result), actor=actor)
    catalog.close()
    damage.clear(station)
    return result


def _refuse_a_used_box(station: Station) -> None:
    try:
        catalog = station.catalog()
    except BoxError:
        return  # damaged or gone: that is what restoring is for
    count = deliveries.count(catalog.db) if catalog.whole() else 0
    catalog.close()
    if count:
        raise NotAllowed(f"这个盒子已经收过 {count} 次投递", effect="什么也没有恢复", remedy="请在新的盒子上恢复")


def _catalog(station: Station, pieces: Pieces, snapshot: Snapshot) -> Path:
    """Beside the present one, whole, and knowing that it is a restored one."""
    fresh = station.folder("backup") / f"{CATALOG}.restored"
    for left in ("-wal", "-shm"):  # of a run that was cut off: it would be laid over another catalog
        fresh.with_name(fresh.name + left).unlink(missing_ok=True)
    write(pieces, File(CATALOG, snapshot.catalog[1], 0, snapshot.catalog[0]), fresh)
    catalog = Catalog.open(fresh)
    if not catalog.whole() or journal.verify(catalog.db)[1] is not None:
        catalog.close()
        fresh.unlink()
        raise CatalogDamaged("备份里的目录库不完整", effect="什么也没有恢复", remedy="请换一份备份")
    with catalog.writing() as db:
        bundles.came_from_a_backup(db, {"at": snapshot.made_at, "snapshot": snapshot.number})
    catalog.close()
    return fresh


def _files(station: Station, pieces: Pieces, files: list[File], total: int, progress: Progress) -> None:
    done = 0
    for file in files:
        target = _place(station, file.path)
        if target is not None and not _is_there(target, file):
            target.parent.mkdir(parents=True, exist_ok=True)
            write(pieces, file, target)
            failpoint.reached("bring-back.file")
        done += file.size
        progress("从备份盘恢复", done, total)


def write(pieces: Pieces, file: File, target: Path) -> None:
    """Whole under its name, or not at all. Raises `BackupDisk`."""
    temporary = target.with_name(f".{target.name}.tmp")
    temporary.unlink(missing_ok=True)
    mode = _BLOB_MODE if target.name == file.sha256 else _MODE
    try:
        with temporary.open("xb", buffering=0) as out:
            os.fchmod(out.fileno(), mode)
            for piece in pieces.read(file.sha256, file.size):
                view = memoryview(piece)
                while view:
                    view = view[out.write(view) :]
            os.fsync(out.fileno())
        os.replace(temporary, target)
        sync_folder(target.parent)
    finally:
        temporary.unlink(missing_ok=True)


def _place(station: Station, path: str) -> Path | None:
    """None for settings, which are taken over apart. The list is sealed; still nothing leads out of the home."""
    parts = PurePosixPath(path).parts
    if path == SETTINGS:
        return None
    if parts[0] not in TREES or ".." in parts:
        raise BackupDisk("备份里有不该有的路径", effect="没有恢复完", remedy="请联系技术员")
    return station.home / path


def _is_there(target: Path, file: File) -> bool:
    if not target.is_file() or target.stat().st_size != file.size:
        return False
    with target.open("rb") as there:
        return hashlib.file_digest(there, "sha256").hexdigest() == file.sha256


def _order(file: File) -> tuple[bool, str]:
    return file.path.startswith(_LAST), file.path
