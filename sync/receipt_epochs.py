"""回执重新编号: a city restored from a backup has lost the newest receipts it gave, and gives none of their numbers again.

Above: `begin_if_restored` begins a new epoch, whose numbers lie in a range that nobody has seen. Its first receipt for
a county names, in `prev`, the last one that the restored catalog still knows.
Below: `place_of` says whether a receipt is the next one, or begins a new epoch on top of one that was seen here;
anything else is a fork. What was answered after that one is lost above, so `send_again` offers those bundles anew.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from typing import Any

from sqlite_utils import Database

from appliance import journal
from appliance.catalog import Catalog, bundles, lessons, peers, receipts
from appliance.model import LessonState
from appliance.station import Station
from sync import canonical
from sync.chain_document import GENESIS

EPOCH = "receipt_epoch"
SPAN = 1_000_000  # numbers of one epoch
_LOST_EPOCHS = 1 << 20  # an epoch is drawn: two restores from one backup do not know of each other
_ANSWERED = ("received", "verified", "cataloged", "returned")
AGAIN = "上级恢复了旧的备份，丢了这个包的回执，重新传送"


def current(db: Database) -> int:
    """0 until the first restore."""
    return bundles.remembered(db, EPOCH) or 0


def next_number(db: Database) -> int:
    return max(receipts.next_number(db), current(db) * SPAN + 1)


def begin_if_restored(station: Station, catalog: Catalog) -> None:
    """The catalog came from a backup disk, or is older than the receipts that lie in `receipts/`. Under the inbox lock."""
    db = catalog.db
    below = peers.all_of(db, peers.BELOW)
    restored = bundles.remembered(db, bundles.RESTORED) or {}
    given = max((_newest_file(station, peer["code"]) for peer in below), default=0)
    from_disk = bool(below and restored) and EPOCH not in restored
    if not from_disk and given < next_number(db):
        return
    epoch = max(current(db), given // SPAN) + 1 + secrets.randbelow(_LOST_EPOCHS)
    with catalog.writing() as db:
        bundles.remember(db, EPOCH, epoch)
        if restored:
            bundles.remember(db, bundles.RESTORED, restored | {EPOCH: epoch})
        why = "从备份盘恢复的盒子" if from_disk else "目录库比已签发的回执旧，是恢复的备份"
        journal.append(db, "receipts.epoch", "catalog", {"why": why, "city_seq": epoch * SPAN + 1})


def place_of(db: Database, city: str, document: Mapping[str, Any]) -> tuple[str, int | None]:
    """("next", None), ("epoch", row id of the receipt that it stands on; 0 for none) or ("fork", None)."""
    epoch, prev = document.get(EPOCH, 0), document["prev"]
    rows = receipts.all_in(db, city)
    hashes = {hashlib.sha256(row["document"].encode()).hexdigest(): row["id"] for row in rows} | {GENESIS: 0}
    if hashes.get(prev) == (rows[-1]["id"] if rows else 0) and epoch == (_epoch(rows[-1]) if rows else epoch):
        return "next", None
    if prev in hashes and epoch not in {0, *map(_epoch, rows)}:
        return "epoch", hashes[prev]
    return "fork", None


def send_again(db: Database, city: str, upon: int, document: Mapping[str, Any]) -> None:
    """Every bundle that was answered after the receipt `upon`: the station above no longer knows of the answer."""
    lost = [row for row in receipts.all_in(db, city) if row["id"] > upon]
    again = []
    for no in sorted({row["bundle"] for row in lost if row["bundle"]}):
        bundle = bundles.by_id(db, no)
        if bundle["state"] not in _ANSWERED:
            continue
        bundles.update(db, no, {"state": "sealed", "reason": AGAIN, "next_try": 0, "attempts": 0})
        again.append(bundle["path"].removeprefix("outbox/"))
        newest = bundles.newest_of(db, bundle["lesson"])
        if newest and newest["id"] == no and lessons.by_no(db, bundle["lesson"]).state == LessonState.ACCEPTED:
            lessons.set_state(db, bundle["lesson"], LessonState.BUNDLED)
    why = f"上级恢复了旧的备份，丢了 {len(lost)} 份回执"
    journal.append(
        db, "receipts.epoch", f"peer/{city}", {"why": why, "city_seq": document["city_seq"], "again": again}
    )  # fmt: skip


def _epoch(row: Mapping[str, Any]) -> int:
    return int(canonical.read(row["document"].encode()).get(EPOCH, 0))


def _newest_file(station: Station, county: str) -> int:
    names = (path.stem for path in (station.folder("receipts") / county).glob("[0-9]*.json"))
    return max((int(name) for name in names if name.isdecimal()), default=0)
