"""回执: the signed, numbered, chained answer to a bundle. The same bundle gets the same bytes again.

Above: `issue` writes the row inside the transaction that it answers; `publish` makes its two files, again and
again until they are there. Below: `take_in` believes only a good signature, in order, and moves the lesson on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from appliance import clock, failpoint, journal
from appliance.catalog import Catalog, peers, receipts
from appliance.station import Station
from appliance.store.files import replacing
from sync import canonical, enrolment, keys, receipt_epochs, sshsig
from sync.chain_document import GENESIS, Link

FORMAT = "lessonbox-receipt/1"
STATUSES = ("received", "verified", "cataloged", "returned", "quarantined", "fork")


@dataclass(frozen=True)
class About:
    """What a receipt is about. `link` is None when the chain could not be read or not be believed."""

    county: str
    lesson: str
    version: int
    tag: str
    link: Link | None = None

    @property
    def subject(self) -> str:
        return f"bundle/{self.county}/{self.lesson}/v{self.version}"


def issue(
    station: Station, db: Database, about: About, status: str, *, findings: Sequence[Mapping[str, Any]] = (),
    missing: Sequence[int] = (), copies: int = 0, counts: bool = True,
) -> dict[str, Any] | None:  # fmt: skip
    """Inside the caller's transaction. None when this very answer was given before.
    `counts`: the bundle occupies its number in the county's row."""
    if any(row["status"] == status for row in receipts.of_bundle(db, about.county, about.tag)):
        return None
    before = receipts.last_document(db, about.county)
    link = about.link
    document: dict[str, Any] = {
        "format": FORMAT, "city_seq": receipt_epochs.next_number(db), receipt_epochs.EPOCH: receipt_epochs.current(db), "city": enrolment.principal_of(station),
        "prev": hashlib.sha256(before.encode()).hexdigest() if before else GENESIS,
        "county": about.county, "bundle": about.lesson, "version": about.version, "tagmanifest_sha256": about.tag,
        "epoch": link.epoch if link else 0, "seq": link.seq if link else 0, "chain_prev": link.prev if link else "",
        "status": status, "findings": list(findings), "missing_seqs": list(missing)[:1000],
        "city_time": {"wall": clock.now().wall, "quality": clock.now().quality}, "stored_copies": copies,
    }  # fmt: skip
    receipts.insert_out(
        db,
        {
            "city_seq": document["city_seq"], "county": about.county, "lesson": about.lesson,
            "version": about.version, "epoch": link.epoch if link and counts else 0,
            "seq": link.seq if link and counts else 0, "tagmanifest_sha256": about.tag, "status": status,
            "document": canonical.written(document).decode(), "at": document["city_time"]["wall"],
        },
    )  # fmt: skip
    journal.append(db, f"receipt.{status}", about.subject, {"city_seq": document["city_seq"], "tagmanifest": about.tag})
    return document


def publish(station: Station, db: Database) -> None:
    """Makes the files of every receipt that lacks one. Ed25519 is deterministic: made again, they are the same."""
    for peer in peers.all_of(db, peers.BELOW):
        folder = station.folder("receipts") / peer["code"]
        folder.mkdir(mode=0o750, exist_ok=True)
        there = {path.name for path in folder.iterdir()}
        for row in receipts.of_county(db, peer["code"]):
            name, data = f"{row['city_seq']:06d}.json", row["document"].encode()
            if {name, f"{name}.sig"} <= there:
                continue
            with replacing(folder / name) as out:
                out.write(data)
            failpoint.reached("receipt.written")
            with replacing(folder / f"{name}.sig") as out:
                out.write(sshsig.sign(keys.ssh_key(station, "sign"), data, sshsig.RECEIPT))
            failpoint.reached("receipt.signed")


def issued(catalog: Catalog, limit: int = 100) -> list[dict[str, Any]]:
    """Documents, newest first."""
    return [canonical.read(row["document"].encode()) for row in receipts.newest_out(catalog.db, limit)]


def fetched(catalog: Catalog, limit: int = 100) -> list[dict[str, Any]]:
    return [canonical.read(row["document"].encode()) for row in receipts.newest_in(catalog.db, limit)]
