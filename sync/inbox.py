"""接收: what the stations below have sent is waited for, verified, kept, catalogued and answered.

1. A bundle without its signature is still coming.
2. `verify` and `chain` decide; what is refused is answered with its code.
3. What is accepted is copied to `accepted/`, read-only, each hash checked again on the way: the county may still
   be writing in `incoming/`. Then the blobs go to the store.
4. One transaction: lesson, materials, receipt, journal. Then the receipt's files.
A gap before it: kept and answered `verified`, the missing numbers named; catalogued when they have come.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from appliance.catalog import Catalog, peers, receipts
from appliance.station import Station
from sync import acceptance, bag, chain, chain_document, locks, profile, receipt_epochs, refusal, trust
from sync import receipts as answers
from sync.chain import Held, Kind, Seen
from sync.profile import Violation
from sync.receipts import About
from sync.verify import Problem, Verification, verify

_LESSON = re.compile(r"[0-9A-Za-z]{1,20}-[0-9]{5,9}\Z")
_VERSION = re.compile(r"v([1-9][0-9]{0,5})\Z")


@dataclass
class Received:
    """`--json` of `receive`."""

    waiting: list[dict[str, Any]] = field(default_factory=list)
    receipts: list[dict[str, Any]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return {"sent": [], "waiting": self.waiting, "receipts": self.receipts}


def receive_once(station: Station, catalog: Catalog) -> Received:
    """Looks at everything once. Killed anywhere, the next call ends in the same state and the same receipts.
    Raises `Busy`, `StorageFull`, `StorageLies`."""
    done = Received()
    with locks.alone(station, "inbox"):
        receipt_epochs.begin_if_restored(station, catalog)
        answers.publish(station, catalog.db)
        for peer in peers.all_of(catalog.db, peers.BELOW):
            for bundle, about in _coming(station, peer["code"]):
                _look(station, catalog, peer, bundle, about, done)
            _catalog_waiting(station, catalog, peer["code"], done)
        done.receipts += acceptance.answer_returned(station, catalog)
        answers.publish(station, catalog.db)
    return done


def held(catalog: Catalog, county: str) -> Held:
    rows = receipts.counted(catalog.db, county)
    seqs = {}
    for row in rows:
        document = chain_document.json_of(row["document"].encode(), "receipt")
        seqs[row["seq"]] = Seen(row["tagmanifest_sha256"], document["chain_prev"])
    return Held(rows[0]["epoch"], seqs) if rows else Held()


def _coming(station: Station, county: str) -> Iterator[tuple[Path, About]]:
    """Every bundle folder below `incoming/<county>`, in a fixed order; anything else there is not looked at."""
    for lesson in _folders(station.folder("incoming") / county, _LESSON):
        versions = _folders(lesson, _VERSION)
        for bundle in sorted(versions, key=lambda path: int(path.name[1:])):
            yield bundle, About(county, lesson.name, int(bundle.name[1:]), "")


def _folders(root: Path, named: re.Pattern[str]) -> list[Path]:
    if not root.is_dir():
        return []
    return sorted(path for path in root.iterdir() if named.match(path.name) and path.is_dir() and not path.is_symlink())


def _look(station: Station, catalog: Catalog, peer: dict[str, Any], bundle: Path, about: About, done: Received) -> None:
    try:
        bag.small(bundle, profile.SIGNATURE, 1 << 16, absent="NO-SIGNATURE")
        tag = bag.digest(bag.small(bundle, profile.TAG_MANIFEST, 1 << 16, absent="TAG-FILES"))
    except Violation as violation:
        if violation.code == "NO-SIGNATURE":
            done.waiting.append({"bundle": about.subject, "reason": "还没有收完", "next_try_s": 0})
            return
        tag = ""
    given = receipts.of_bundle(catalog.db, about.county, tag)
    if any(row["status"] in ("cataloged", "verified", "fork") for row in given):
        return
    found = verify(bundle, trust.bundle_signers(catalog.db), about.county)
    about = About(about.county, about.lesson, about.version, found.tag or tag, found.link)
    problem = found.problems[0] if found.problems else _misplaced(found, about, peer)
    if problem:
        problems = found.problems or (problem,)
        done.receipts += refusal.refuse(station, catalog, bundle, about, "quarantined", problems)
        return
    _decide(station, catalog, bundle, about, found, done)


def _misplaced(found: Verification, about: About, peer: dict[str, Any]) -> Problem | None:
    assert found.link is not None
    if (found.link.lesson, found.link.version) != (about.lesson, about.version):
        return Problem("WRONG-PLACE")
    if peer["revoked_from"] is not None and found.link.seq >= peer["revoked_from"]:
        return Problem("REVOKED")
    return None


_REFUSED = {
    Kind.FORK: ("fork", "FORK"),
    Kind.OLD_EPOCH: ("quarantined", "OLD-EPOCH"),
    Kind.JUMP: ("quarantined", "JUMP"),
}


def _decide(
    station: Station, catalog: Catalog, bundle: Path, about: About, found: Verification, done: Received
) -> None:
    link = found.link
    assert link is not None
    decision = chain.decide(held(catalog, about.county), link.epoch, link.seq, link.prev, found.tag)
    if decision.kind in _REFUSED:
        status, code = _REFUSED[decision.kind]
        done.receipts += refusal.refuse(station, catalog, bundle, about, status, (Problem(code),))
    elif decision.kind != Kind.SAME:
        done.receipts += acceptance.take(station, catalog, bundle, about, found, decision.missing)


def _catalog_waiting(station: Station, catalog: Catalog, county: str, done: Received) -> None:
    """What waited for a number that has come meanwhile."""
    for row in receipts.waiting(catalog.db, county):
        holding = held(catalog, county)
        if row["epoch"] == holding.epoch and row["seq"] > holding.upto:
            missing = sorted(set(range(1, row["seq"])) - set(holding.seqs))
            reason = f"缺第 {'、'.join(map(str, missing[:20]))} 号"
            done.waiting.append(
                {"bundle": f"bundle/{county}/{row['lesson']}/v{row['version']}", "reason": reason, "next_try_s": 0}
            )
            continue
        done.receipts += acceptance.catalog_kept(station, catalog, county, row)
