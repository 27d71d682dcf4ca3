"""备份: a consistent copy of the catalog while the box works, read back before it counts."""

from __future__ import annotations

import sqlite3
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
    entries = sound(target)
    if entries is None:
        target.unlink()
        raise CatalogDamaged("备份读回时不完整，已删除")
    return entries


def sound(path: Path) -> int | None:
    """Entries of its journal when the copy is whole and the chain unbroken; None when not, or when it is none."""
    try:
        copy = Catalog.open_copy(path)
        entries, bad = journal.verify(copy.db)
        whole = copy.whole()
        copy.close()
    except sqlite3.Error:
        return None
    return entries if whole and bad is None else None
