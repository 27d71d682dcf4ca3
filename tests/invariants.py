"""The eight invariants of a box that has been hurt. Every fault test ends here.

I1 received means stored and readable · I2 same end as undisturbed (`end_state`) · I3 the stick is unchanged
(`tree`) · I4 nothing outside its places · I5 the journal's chain holds · I6 every entry has a fate ·
I7 one blob for the same bytes, a receipt for each delivery · I8 bounded (`bounded`, while the box runs)
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

import psutil

from appliance import journal
from appliance.catalog import Catalog
from appliance.station import FOLDERS, Station

BOX_MB, PARSER_MB, DESCRIPTORS = 256, 512, 256
PLACES = {folder.split("/")[0] for folder in FOLDERS} | {
    "station.toml",
    "catalog.db",
    "catalog.db-wal",
    "catalog.db-shm",
}


def check(station: Station, stick: Path | None = None, before: dict[str, str] | None = None) -> None:
    catalog = station.catalog()
    try:
        received_is_stored(station, catalog)
        nothing_outside(station)
        chain_holds(catalog)
        each_blob_once(station, catalog)
        if stick is not None:
            every_entry_has_a_fate(catalog, stick)
        if stick is not None and before is not None:
            assert tree(stick) == before, "I3: the stick changed"
    finally:
        catalog.close()


def received_is_stored(station: Station, catalog: Catalog) -> None:
    places = {"stored": station.store(), "duplicate": station.store(), "quarantined": station.quarantine()}
    for row in catalog.db.query("select * from entry where fate <> 'ignored' and sha256 <> ''"):
        place = places[row["fate"]]
        assert place.verify(row["sha256"]), f"I1: {row['name']} was received and is not there"
        assert place.path(row["sha256"]).stat().st_size == row["size"], f"I1: {row['name']} has another size"
    for row in catalog.db.query("select * from material"):
        assert station.store().verify(row["sha256"]), f"I1: material {row['name']} is not there"


def nothing_outside(station: Station) -> None:
    strangers = {path.name for path in station.home.iterdir()} - PLACES
    assert not strangers, f"I4: written outside its places: {strangers}"


def chain_holds(catalog: Catalog) -> None:
    count, bad = journal.verify(catalog.db)
    assert bad is None, f"I5: the journal breaks at {bad} of {count}"


def every_entry_has_a_fate(catalog: Catalog, stick: Path) -> None:
    last = catalog.db.execute("select max(no) from delivery").fetchone()[0]
    names = [
        row["name"] for row in catalog.db.query("select name from entry where delivery = ? and parent is null", [last])
    ]
    assert sorted(names) == sorted(tree(stick)), "I6: an entry of the stick has no fate, or two"


def each_blob_once(station: Station, catalog: Catalog) -> None:
    in_store = set(station.store().blobs())
    in_catalog = {row["sha256"] for row in catalog.db.query("select sha256 from blob")}
    assert in_catalog <= in_store, "I7: the catalog knows blobs that the store does not have"
    receipts = catalog.db.execute("select count(*), count(receipt) from delivery where receipt <> ''").fetchone()
    assert receipts[0] == catalog.db["delivery"].count, "I7: a delivery without a receipt"


def tree(folder: Path) -> dict[str, str]:
    """Every file below: relative name → SHA-256."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }


def end_state(station: Station) -> dict[str, Any]:
    """What must be the same after a disturbed and an undisturbed run: no times, no ids that retries use up."""
    catalog = station.catalog()
    db = catalog.db
    state = {
        "deliveries": _rows(db, "select no, receipt, state, fingerprint from delivery order by no"),
        "entries": _rows(db, "select delivery, name, fate, sha256, size from entry order by delivery, name"),
        "lessons": _rows(db, "select title, teacher, state, verdict, version from lesson order by no"),
        "materials": _rows(db, "select role, period, name, sha256 from material order by revision, role, period, name"),
        "decisions": _rows(db, "select lesson, kind, by_user, after from decision order by id"),
        "bundles": _rows(db, "select lesson, version, epoch, seq, state from bundle order by seq"),
        "receipts": _rows(db, "select city_seq, status from receipt_in order by city_seq"),
        "events": _rows(db, "select kind, subject from event order by seq"),
    }
    catalog.close()
    return state


def _rows(db: Any, sql: str) -> list[Any]:
    return [json.loads(json.dumps(row)) for row in db.query(sql)]


def bounded(pid: int) -> None:
    """I8, for a running box: each process and each of its parser children within their bounds."""
    for process in [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]:
        try:
            parser = any(word in " ".join(process.cmdline()) for word in ("appliance.probes", "ffmpeg"))
            resident = process.memory_info().rss / 1e6
            descriptors = process.num_fds()
        except psutil.NoSuchProcess:
            continue
        assert resident < (PARSER_MB if parser else BOX_MB), f"I8: {process.pid} uses {resident:.0f} MB"
        assert descriptors < DESCRIPTORS, f"I8: {process.pid} holds {descriptors} descriptors"


def is_root() -> bool:
    return os.geteuid() == 0
