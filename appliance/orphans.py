"""Bytes in the store that no delivery received: a stick that was pulled and never came again, a copy that changed
amid being read, an archive that was refused after its members were stored.

Nobody was told that they were received. They are listed with the reason, and given up only when a technician asks and
they have lain for so long that their stick will not come again.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from appliance import journal
from appliance.catalog import Catalog, blobs
from appliance.errors import NotAllowed
from appliance.model import Moment
from appliance.station import Station
from appliance.store import Store

DAYS = 30
_WAITS, _STRANDED = "拷到一半拔走的 U 盘留下的，等它再来", "没有一次投递收下它"


@dataclass(frozen=True)
class Orphan:
    """`age_days`: since it was stored, by the clock of now."""

    sha256: str
    size: int
    age_days: float
    reason: str

    @property
    def old(self) -> bool:
        return self.age_days > DAYS


def listed(catalog: Catalog, store: Store) -> list[Orphan]:
    known, waiting, now = set(blobs.all_sha256(catalog.db)), store.ended_partials(), time.time()
    found = []
    for sha256 in store.blobs():
        if sha256 not in known:
            status = store.path(sha256).stat()
            reason = _WAITS if sha256 in waiting else _STRANDED
            found.append(Orphan(sha256, status.st_size, (now - status.st_mtime) / 86_400, reason))
    return found


def sweep(station: Station, catalog: Catalog, at: Moment) -> list[Orphan]:
    """Those that were given up. Call while the intake stands still. Raises `NotAllowed` while the clock is not to be
    trusted: after a jump of years everything would look old."""
    if at.quality == "unknown":
        raise NotAllowed("盒子的时间不可信，看不出放了多久", remedy="请先校准时间")
    store = station.store()
    store.forget_partials(time.time() - DAYS * 86_400)
    gone = [one for one in listed(catalog, store) if one.old and one.reason == _STRANDED]
    if gone:
        with catalog.writing() as db:
            data = {"files": len(gone), "bytes": sum(one.size for one in gone), "sha256": [one.sha256 for one in gone]}
            journal.append(db, "orphans.swept", "store", data | {"reason": _STRANDED})
        for one in gone:
            store.remove(one.sha256)
    return gone
