"""Reads every stored blob from the medium and compares (F7). A damaged one is marked, and cannot be bundled."""

from __future__ import annotations

from dataclasses import dataclass, field

from appliance import journal
from appliance.catalog import Catalog, blobs
from appliance.store import Store


@dataclass
class Fixity:
    read: int = 0
    damaged: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)  # whole, in the store, not in the catalog: a cut-off intake


def run(catalog: Catalog, store: Store) -> Fixity:
    result = Fixity()
    known = blobs.all_sha256(catalog.db)
    for sha256 in known:
        if sha256 not in store:
            result.missing.append(sha256)
        elif store.verify(sha256):
            result.read += 1
        else:
            result.damaged.append(sha256)
    result.extra = sorted(set(store.blobs()) - set(known))
    with catalog.writing() as db:
        blobs.mark_verified(db, [s for s in known if s not in {*result.damaged, *result.missing}])
        blobs.mark_damaged(db, [*result.damaged, *result.missing])
        journal.append(
            db, "fixity", "store", {"read": result.read, "damaged": result.damaged, "missing": result.missing}
        )
    return result
