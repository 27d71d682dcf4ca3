"""A damaged catalog, found at the start and said by every page until it is restored (F5).

`run/catalog-damaged` is the note between the parts: the watcher looks, the web server only reads it.
"""

from __future__ import annotations

from pathlib import Path

from appliance.catalog import Catalog
from appliance.errors import CatalogDamaged
from appliance.station import Station
from appliance.store.files import replacing

REMEDY = "请技术员停下盒子，运行 lessonbox restore，用最近的备份恢复"
_ON_PAGES = "请联系技术员，照技术手册“备份与恢复”一节恢复，恢复以前请不要再交资料"


def opened(station: Station) -> Catalog:
    """The catalog, looked through by SQLite itself. Raises `CatalogDamaged`, and leaves the note."""
    try:
        catalog = station.catalog()
        if not catalog.whole():
            catalog.close()
            raise CatalogDamaged("目录库里有坏的页")
    except CatalogDamaged as error:
        with replacing(_note(station)) as out:
            out.write(error.what.encode())
        raise CatalogDamaged(error.what, remedy=REMEDY) from error
    clear(station)
    return catalog


def check_note(station: Station) -> None:
    """Raises `CatalogDamaged` while the note is there."""
    try:
        what = _note(station).read_text(errors="replace")
    except OSError:
        return
    raise CatalogDamaged(what, remedy=_ON_PAGES)


def clear(station: Station) -> None:
    _note(station).unlink(missing_ok=True)


def _note(station: Station) -> Path:
    return station.folder("run") / "catalog-damaged"
