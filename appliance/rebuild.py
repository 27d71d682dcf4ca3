"""The catalog and the side files of the store, brought to the same deliveries at each start.

A delivery without a side file (an older program, a power cut between row and file) gets one. A side file without a
delivery means that the catalog lost it: the row is written again, and the pipeline unpacks, identifies and checks it
anew. A stick's bytes that are gone are said to be gone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlite_utils import Database

from appliance import journal
from appliance.catalog import Catalog, blobs, deliveries
from appliance.intake.unpack import UNPACKED
from appliance.model import Blob, DeliveryState, Entry, Fate, Moment
from appliance.station import Station
from appliance.store import Store, side_files

GONE = "恢复目录库时，它的内容已经不在了，请学校再交一次"


@dataclass
class Rebuilt:
    """Numbers of deliveries: written again, unreadable or at odds with a row; and how many files are gone."""

    deliveries: list[int] = field(default_factory=list)
    unreadable: list[int] = field(default_factory=list)
    gone: int = 0


def agree(station: Station, catalog: Catalog) -> Rebuilt:
    root = station.store().root
    known, beside = deliveries.numbers(catalog.db), side_files.numbers(root)
    for no in sorted(known - beside):
        note(station, catalog.db, no)
    return rebuild(station, catalog) if beside - known else Rebuilt()


def note(station: Station, db: Database, no: int) -> None:
    """Writes the side file of a delivery: what came, not what became of it; an archive is unpacked again."""
    entries = [
        entry | {"reason": "" if entry["reason"].startswith(UNPACKED) else entry["reason"]}
        for entry in deliveries.entries(db, no)
        if entry["parent"] is None
    ]
    side_files.write(station.store().root, deliveries.row(db, no), entries)


def rebuild(station: Station, catalog: Catalog) -> Rebuilt:
    """`catalog` may be another than the station's own, for a drill."""
    root, result = station.store().root, Rebuilt()
    for no in sorted(side_files.numbers(root) - deliveries.numbers(catalog.db)):
        told = side_files.read(root, no)
        if told is None:
            result.unreadable.append(no)
            continue
        entries, found = _entries(station, told)
        with catalog.writing() as db:
            blobs.add(db, found, Moment(told["received_at"], told["clock"]))
            deliveries.insert_again(db, {**told, "state": DeliveryState.RECEIVED})
            deliveries.add_entries(db, no, entries)
            data = {"receipt": told["receipt"], "files": len(entries), "fingerprint": told["fingerprint"]}
            journal.append(db, "rebuilt", f"delivery/{no}", data)
        result.deliveries.append(no)
        result.gone += sum(entry.reason == GONE for entry in entries)
    return result


def _entries(station: Station, told: Mapping[str, Any]) -> tuple[list[Entry], list[Blob]]:
    places: dict[str, Store] = {Fate.QUARANTINED: station.quarantine()}
    entries, found = [], []
    for one in told["entries"]:
        entry = Entry(one["name"], one["size"], Fate(one["fate"]), one["reason"], one["sha256"], one["raw"])
        if entry.sha256:
            place = places.get(entry.fate, station.store())
            if entry.sha256 not in place:
                entry = Entry(entry.name, entry.size, Fate.IGNORED, GONE, "", entry.raw)
            elif entry.fate != Fate.QUARANTINED:
                found.append(Blob(entry.sha256, entry.size))
        entries.append(entry)
    return entries, found
