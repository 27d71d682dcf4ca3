"""One run onto one disk. It says "已备份" only when everything that it lists was read back, or was there before, as
long as it must be, and comes up for reading again within some nights (`recheck`).

Killed, unplugged or full at any step: earlier snapshots are as they were, and the next run finds the contents that were
finished. What the box itself cannot read any more is left out, counted, and kept on the disk from before.
"""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from appliance import clock, journal
from appliance.alone import alone
from appliance.backup import contents, fat, local, snapshots, state
from appliance.backup.disks import BOX, Disk
from appliance.backup.pieces import Pieces, Writing, lengths
from appliance.backup.policy import policy
from appliance.backup.recheck import recheck
from appliance.backup.recovery import Keys
from appliance.backup.snapshots import Snapshot
from appliance.backup.state import Known, Progress
from appliance.backup.sweep import sweep
from appliance.backup.trouble import meaning
from appliance.backup.what import File
from appliance.catalog import Catalog, deliveries, lessons
from appliance.errors import BackupDisk, BoxError
from appliance.station import Station

_SPARE = 64 << 20  # bytes that stay free: the list, the snapshot, and what a file system needs for itself


@dataclass
class _Run:
    station: Station
    disk: Disk
    keys: Keys
    known: Known
    progress: Progress

    @property
    def box(self) -> Path:
        return self.disk.box(self.station.settings, self.keys)

    @property
    def pieces(self) -> Pieces:
        return Pieces(self.box, self.keys)


def quiet(what: str, done: int, of: int) -> None:
    return None


def back_up(station: Station, disk: Disk, keys: Keys, progress: Progress = quiet, actor: str = "box") -> Known:
    """What is known of the disk afterwards. Raises `AlreadyRunning`, `BackupDisk`, `StorageLies`, `CatalogDamaged`; the
    disk's trouble is then noted too."""
    with alone(station.folder("run"), "disk-backup", "备份"):
        known = state.known(station.home).get(disk.id, Known(disk.id, disk.name))
        run = _Run(station, disk, keys, replace(known, name=disk.name, runs=known.runs + 1), progress)
        state.note(station.home, replace(run.known, trouble="上一次没有做完，盒子停过或盘拔了"))
        try:
            done = _carried_out(run)
        except (BoxError, OSError) as error:
            told = meaning(error, disk)
            state.note(station.home, replace(run.known, trouble=told.what))
            raise told from error
        state.note(station.home, done)
        _tell(station, done, actor)
        return done


def _carried_out(run: _Run) -> Known:
    start = time.monotonic()
    run.disk.require()
    _begin(run)
    _, spoiled = recheck(
        run.disk, run.pieces, run.known.runs, policy().nights, lambda n: run.progress("重读以前的备份", 0, 0)
    )
    scratch = run.station.folder("backup") / "disk-run"
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir()
    try:
        snapshot, written = _write(run, scratch)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    run.progress("清理过期的备份", 0, 0)
    sweep(run.box, run.keys, policy())
    back = sum(run.pieces.path(name).exists() for name in spoiled)
    return replace(
        run.known, good_at=snapshot.made_at, clock=snapshot.clock, snapshot=snapshot.number, files=snapshot.files,
        bytes=snapshot.bytes, written=written, seconds=round(time.monotonic() - start, 1), damaged=snapshot.damaged,
        rewritten=back, trouble=f"重读时有 {len(spoiled) - back} 段坏了，只有旧的备份用到" if back < len(spoiled) else "",
    )  # fmt: skip


def _begin(run: _Run) -> None:
    """The folder of this box, and in plain words whose it is."""
    if not run.box.is_dir():
        run.box.mkdir()
        settings = run.station.settings
        told = {"format": 1, "station": settings.name, "code": settings.code, "keys": run.keys.id}
        if not fat.put(run.box / BOX, json.dumps(told, ensure_ascii=False).encode()):
            raise BackupDisk("备份盘写入后读回的内容不一致")
        fat.sync_folder(run.disk.root)
    run.pieces.root.mkdir(exist_ok=True)


def _write(run: _Run, scratch: Path) -> tuple[Snapshot, int]:
    """The snapshot, and bytes that were written for it. The catalog is copied first: what it speaks of is then there."""
    copy = scratch / "catalog.db"
    entries = local.copy_to(run.station, copy)
    listed = list(contents.hashed(run.station, contents.before(run.box, run.keys)))
    missing = sum(file.size for file in listed if not run.pieces.has(file.sha256, file.size))
    _require_room(run, missing + copy.stat().st_size)
    with Writing(run.pieces) as out:
        catalog = _stored(out, copy)
        taken = list(_taken(run, out, listed, missing))
        with (scratch / "list").open("wb") as file:
            snapshots.write_list(file, taken)
        files_list = _stored(out, scratch / "list")
    snapshot = _snapshot(run, Catalog.open_copy(copy), entries, taken, len(listed) - len(taken), catalog, files_list)
    run.disk.require()
    snapshots.write(run.box, run.keys, snapshot)
    return snapshot, out.bytes


def _taken(run: _Run, out: Writing, listed: list[File], missing: int) -> Iterator[File]:
    """Each file whose content is on the disk afterwards."""
    done = 0
    for file in listed:
        if run.pieces.has(file.sha256, file.size):
            yield file
            continue
        with contents.opened(run.station.home / file.path) as source:
            if out.add(source, file.sha256, file.size):
                yield file
        done += file.size
        run.progress("写入备份盘", done, missing)


def _stored(out: Writing, path: Path) -> tuple[str, int]:
    digest, size = fat.digest(path), path.stat().st_size
    if not out.pieces.has(digest, size):
        with contents.opened(path) as source:
            if not out.add(source, digest, size):
                raise BackupDisk("盒子自己的盘读不出刚写的文件", remedy="请看 体检 页的硬盘")
    return digest, size


def _snapshot(
    run: _Run, copy: Catalog, entries: int, taken: list[File], damaged: int, catalog: tuple[str, int],
    files_list: tuple[str, int],
) -> Snapshot:  # fmt: skip
    moment, settings = clock.now(), run.station.settings
    number = max(snapshots.names(run.box), default=0) + 1
    told = Snapshot(
        number, moment.wall, moment.quality, settings.code, settings.name, catalog, files_list, entries,
        deliveries.count(copy.db), lessons.count(copy.db), len(taken), sum(file.size for file in taken), damaged,
    )  # fmt: skip
    copy.close()
    return told


def _require_room(run: _Run, size: int) -> None:
    """Old snapshots may go first to make it. Raises `BackupDisk` before a run begins that could not end."""
    wanted = sum(lengths(size)) + _SPARE
    if wanted > run.disk.free():
        sweep(run.box, run.keys, policy())
    if (free := run.disk.free()) < wanted:
        raise BackupDisk(
            f"备份盘空间不足，还差 {(wanted - free) / 1e6:.0f} MB", remedy="请换一块大的备份盘；以前的备份留着"
        )


def _tell(station: Station, done: Known, actor: str) -> None:
    catalog = station.catalog()
    with catalog.writing() as db:
        told = {name: getattr(done, name) for name in ("snapshot", "files", "bytes", "written", "damaged", "rewritten")}
        journal.append(db, "backup.disk", f"disk/{done.id}", told, actor=actor)
    catalog.close()
