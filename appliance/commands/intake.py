"""`lessonbox intake PATH`: one drop by hand; waits until it has settled, is taken and is checked."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from appliance import pipeline
from appliance.catalog import Catalog, drops
from appliance.cli import Answer, station
from appliance.commands.delivery import text
from appliance.errors import StillChanging, WrongUse
from appliance.intake import ignore
from appliance.intake.drops import titled
from appliance.intake.parcel import Parcel
from appliance.intake.progress import DropProgress
from appliance.intake.receive import receive
from appliance.intake.settle import Settling, signature
from appliance.model import Fate
from appliance.reports.delivery import delivery_view
from appliance.station import Station

_PATIENCE = 20  # quiet times, and at least a minute


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", type=Path, metavar="PATH", help="U 盘、文件夹或一个文件")
    parser.add_argument("--kind", choices=("usb", "lan", "courier"), default="usb")


def run(args: argparse.Namespace) -> Answer:
    box, path = station(args), args.path.resolve()
    if not path.exists():
        raise WrongUse(f"没有 {path}")
    catalog = box.catalog()
    parcel = by_hand(catalog, path, args.kind)
    sign = _settled(box, parcel)
    no = receive(box, catalog, parcel, DropProgress(catalog, parcel.drop or 0), sign)
    with catalog.writing() as db:
        told = {"state": "done", "message": drops.last_message(db, parcel.drop or 0), "current": ""}
        drops.tell(db, parcel.drop or 0, told)
    pipeline.drain(box, catalog, no)
    view = delivery_view(catalog.db, no, box.edition())
    wrong = (
        view["state"] == "parked"
        or any(lesson["verdict"] == "return" for lesson in view["lessons"])
        or any(entry["fate"] == Fate.QUARANTINED for entry in view["entries"])  # a refused archive is no lesson
    )
    return Answer({"deliveries": [view]}, text(view), 1 if wrong else 0)


def by_hand(catalog: Catalog, path: Path, kind: str) -> Parcel:
    """A folder with files directly in it is a lesson, and its own name says which; a folder of folders plays
    a stick. On a share the folder above is the school's."""
    lone = kind == "lan" or not path.is_dir() or any(_is_material(each) for each in path.iterdir())
    base, item = (path.parent, path.name.encode("utf-8", "surrogateescape")) if lone else (path, b"")
    school = path.parent.name if kind == "lan" else ""
    with catalog.writing() as db:
        drop = drops.appear(db, kind, drops.BY_HAND + str(path), path.name, str(path), school)
    return Parcel(kind, f"{titled(kind)} {path.name}", base, item, school, drop)


def _is_material(path: Path) -> bool:
    return path.is_file() and not ignore.reason(path.name, path.stat().st_size)


def _settled(box: Station, parcel: Parcel) -> str:
    """The signature under which it came to rest. Raises `StillChanging` when it does not."""
    settling = Settling(box.settings.quiet_seconds)
    end = time.monotonic() + max(60.0, _PATIENCE * box.settings.quiet_seconds)
    while True:
        seen = parcel.walk()
        why = settling.why_not((parcel.drop or 0, parcel.name), parcel.base, seen)
        if not why:
            return signature(seen)
        if time.monotonic() > end:
            raise StillChanging(why)
        time.sleep(min(0.5, max(0.05, box.settings.quiet_seconds / 4)))
