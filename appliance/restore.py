"""恢复: the last backup that is whole becomes the catalog again, and what came since is written into it from the
store's side files. The damaged files are kept. `drill` does the same in a scratch folder, and touches nothing.

A restored box whose catalog is older than the bundles that it sealed begins a new epoch at the next one (`sync`, F16).
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from appliance import damage, journal, rebuild
from appliance.alone import alone
from appliance.backup import local
from appliance.catalog import Catalog, blobs, deliveries
from appliance.errors import CatalogDamaged, NotFound
from appliance.station import Station
from appliance.store.files import sync_folder

_FILES = ("catalog.db", "catalog.db-wal", "catalog.db-shm")


@dataclass(frozen=True)
class Restored:
    """`entries`: of the backup's journal. `rebuilt`: deliveries from side files; `gone`: their files that are lost.
    `missing`: blobs that the catalog knows and the store lacks."""

    backup: str
    entries: int
    deliveries: int
    rebuilt: list[int]
    unreadable: list[int]
    gone: int
    missing: int
    kept: str = ""

    @property
    def ok(self) -> bool:
        return not (self.unreadable or self.gone or self.missing)


def newest_sound(station: Station) -> Path:
    """Raises `NotFound`."""
    for path in sorted(station.folder("backup").glob("catalog-*.db"), reverse=True):
        if local.sound(path) is not None:
            return path
    raise NotFound("没有一份完整的备份", remedy="请联系技术员；已存的文件还在 store/ 里")


def restore(station: Station, source: Path | None = None) -> Restored:
    """Raises `AlreadyRunning` while the box takes things in, `NotFound`, `CatalogDamaged` for a bad `source`."""
    with alone(station.folder("run"), "watch", "收件"):
        source = source or newest_sound(station)
        if local.sound(source) is None:
            raise CatalogDamaged("这份备份不完整", effect="什么也没有改动", remedy="请换一份备份")
        fresh = station.home / "catalog.db.restored"
        _copy(source, fresh)
        kept = put_away(station)
        os.replace(fresh, station.home / "catalog.db")
        sync_folder(station.home)
        catalog = station.catalog()
        result = bring_up(station, catalog, source.name, kept)
        with catalog.writing() as db:
            journal.append(db, "restored", "catalog", asdict(result))
        catalog.close()
        damage.clear(station)
    return result


def drill(station: Station, catalog: Catalog, actor: str = "box") -> Restored:
    """The newest backup, brought up in a scratch folder, and what that gave written into the journal."""
    source = newest_sound(station)
    with tempfile.TemporaryDirectory(prefix="drill-", dir=station.folder("run")) as scratch:
        _copy(source, Path(scratch) / "catalog.db")
        again = Catalog.open(Path(scratch) / "catalog.db")
        result = bring_up(station, again, source.name, "")
        whole = again.whole() and journal.verify(again.db)[1] is None
        again.close()
    if not whole:
        raise CatalogDamaged("演练恢复出来的目录库不完整", effect="现在用的目录库没有改动", remedy="请马上再备份一次")
    with catalog.writing() as db:
        journal.append(db, "restore.drill", "catalog", asdict(result) | {"ok": result.ok}, actor=actor)
    return result


def bring_up(station: Station, catalog: Catalog, source: str, kept: str) -> Restored:
    entries = journal.verify(catalog.db)[0]
    again = rebuild.rebuild(station, catalog)
    store = station.store()
    missing = sum(sha256 not in store for sha256 in blobs.all_sha256(catalog.db))
    count = len(deliveries.numbers(catalog.db))
    return Restored(source, entries, count, again.deliveries, again.unreadable, again.gone, missing, kept)


def put_away(station: Station) -> str:
    """The damaged files go to `backup/damaged-…`, for whoever wants to look; the folder's name."""
    folder = station.folder("backup") / f"damaged-{time.strftime('%Y%m%d-%H%M%S')}"
    folder.mkdir(parents=True, exist_ok=True)
    for name in _FILES:
        if (station.home / name).exists():
            os.replace(station.home / name, folder / name)
    return folder.name


def _copy(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)
    target.chmod(0o660)
    with target.open("rb") as file:
        os.fsync(file.fileno())
