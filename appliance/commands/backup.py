"""`lessonbox backup [--out FILE]`: a consistent copy of the catalog while the box works."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from appliance import journal
from appliance.catalog import Catalog
from appliance.cli import Answer, station
from appliance.errors import CatalogDamaged
from appliance.station import Station

KEPT = 14


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, metavar="FILE")


def run(args: argparse.Namespace) -> Answer:
    box = station(args)
    target = args.out or box.folder("backup") / f"catalog-{time.strftime('%Y%m%d-%H%M%S')}.db"
    entries = back_up(box, target)
    if args.out is None:
        for old in sorted(box.folder("backup").glob("catalog-*.db"))[:-KEPT]:
            old.unlink()
    return Answer({"backup": str(target), "entries": entries, "bytes": target.stat().st_size}, f"已备份到 {target}")


def back_up(box: Station, target: Path) -> int:
    """Copies, then reads the copy back: whole, and its journal chain unbroken. Returns its journal's length."""
    box.catalog().backup(target)
    copy = Catalog.open_copy(target)
    entries, bad = journal.verify(copy.db)
    if not copy.whole() or bad is not None:
        target.unlink()
        raise CatalogDamaged("备份读回时不完整，已删除")
    copy.close()
    return entries
