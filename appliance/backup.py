"""备份: a consistent copy of the catalog while the box works, read back before it counts."""

from __future__ import annotations

import time
from pathlib import Path

from appliance import journal
from appliance.catalog import Catalog
from appliance.errors import CatalogDamaged
from appliance.station import Station

KEPT = 14


def make(station: Station) -> tuple[Path, int]:
    """One more copy in `<home>/backup`, the oldest beyond KEPT removed. (file, entries in its journal)."""
    folder = station.folder("backup")
    target = folder / f"catalog-{time.strftime('%Y%m%d-%H%M%S')}.db"
    entries = copy_to(station, target)
    for old in sorted(folder.glob("catalog-*.db"))[:-KEPT]:
        old.unlink()
    return target, entries


def copy_to(station: Station, target: Path) -> int:
    """Copies, then reads the copy back: whole, and its journal chain unbroken. Returns its journal's length."""
    station.catalog().backup(target)
    copy = Catalog.open_copy(target)
    entries, bad = journal.verify(copy.db)
    if not copy.whole() or bad is not None:
        target.unlink()
        raise CatalogDamaged("备份读回时不完整，已删除")
    copy.close()
    return entries
