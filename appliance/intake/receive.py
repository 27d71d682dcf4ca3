"""收件: a settled parcel becomes a delivery.

1. Walk it; refuse before the copy when there is no room (F6).
2. Copy each file: one pass, hash, fsync, read back (`store`). A half file goes to the quarantine.
3. One transaction: delivery, entries, blobs, what was taken, journal. Only now is it received (I1).
A crash or a pulled stick before 3 leaves whole blobs and no delivery: the next round takes the same parcel
again and finds those bytes there. Every entry found is stored, quarantined or listed with a reason (I6).
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from sqlite_utils import Database

from appliance import clock, failpoint, journal
from appliance.catalog import Catalog, blobs, deliveries, drops
from appliance.errors import NotAllowed, StillChanging
from appliance.intake.parcel import Parcel
from appliance.intake.progress import Progress, Silent
from appliance.intake.settle import signature
from appliance.intake.take import Taken, copy, key
from appliance.intake.walk import Seen
from appliance.model import Entry, Fate
from appliance.station import Station
from appliance.store import side_files
from appliance.store.partial import LEAST

_SET_UP = "请技术员先做“首次设置”，写上站点名和代码；设置好以后会自己收"
_AHEAD, _LARGE_AHEAD, _LARGE = 6, 2, 32_000_000  # files that are read and not safe yet, at most; of so many bytes
_FINISHERS = 4  # the disk makes several small files safe in one go


def receive(
    station: Station, catalog: Catalog, parcel: Parcel, progress: Progress | None = None, settled: str = ""
) -> int:
    """The delivery's number. `settled`: the signature under which the parcel was found settled, if it was.
    Raises `NotAllowed` on a box without a name, `SourceGone`, `StillChanging`, `StorageFull`, `StorageLies`."""
    if station.settings.unnamed:
        raise NotAllowed("盒子还没有设置，先不收资料", effect="里面的东西原样没动", remedy=_SET_UP)
    progress = progress or Silent()
    seen = parcel.walk()
    wanted = [one for one in seen if not one.ignored]
    if settled and signature(wanted) != settled:
        raise StillChanging("里面的文件正在变动")
    _require_room(station, wanted)
    progress.begin(len(wanted), sum(one.size for one in wanted))
    taken, refused = _copy(station, parcel, wanted, progress)
    left = [_ignored(one) for one in seen if one.ignored] + refused
    with catalog.writing() as db:
        row = _record(db, station, parcel, taken, left)
        if parcel.drop is not None:
            drops.take(db, parcel.drop, parcel.name, signature(wanted), row["no"], said(db, row))
        failpoint.reached("intake.before-commit")
    failpoint.reached("intake.committed")
    side_files.write(station.store().root, row, deliveries.entries(catalog.db, row["no"]))
    failpoint.reached("intake.noted")
    for one in wanted:
        if one.size >= LEAST:
            for place in (station.store(), station.quarantine()):
                place.partial(key(one)).done()
    return int(row["no"])


def _require_room(station: Station, wanted: Sequence[Seen]) -> None:
    """What an interrupted copy of these has brought needs none; what others left lying goes first."""
    store = station.store()
    large = {key(one): one.size for one in wanted if one.size >= LEAST}
    missing = sum(one.size for one in wanted) - sum(store.partial(one).there(size) for one, size in large.items())
    if missing > store.room():
        store.forget_partials(spare=frozenset(large))
        station.quarantine().forget_partials(spare=frozenset(large))
    store.require_room(missing)


def said(db: Database, row: Mapping[str, Any]) -> str:
    """What the clerk tells the teacher."""
    if row["duplicate_of"] is None:
        return f"已收，第 {row['receipt']} 号"
    first = deliveries.row(db, row["duplicate_of"])
    return f"这份资料已于 {first['received_at'][:16].replace('T', ' ')} 收过，第 {row['receipt']} 号"


def _copy(
    station: Station, parcel: Parcel, wanted: Sequence[Seen], progress: Progress
) -> tuple[list[Taken], list[Entry]]:
    """What was taken, and what the file system did not let us read."""
    store, quarantine = station.store(), station.quarantine()
    taken: list[Taken] = []
    refused: list[Entry] = []
    under_way: deque[Future[Taken]] = deque()
    with ThreadPoolExecutor(_FINISHERS, "finish") as finisher:  # syncs and reads back while the next is read
        for one in wanted:
            progress.file(one.name)
            try:
                under_way.append(finisher.submit(copy(parcel.base, one, store, quarantine, progress).finish))
            except PermissionError:
                refused.append(Entry(one.name, one.size, Fate.IGNORED, "没有读取权限", raw=one.given))
                progress.done()
            while len(under_way) > (_AHEAD if one.size < _LARGE else _LARGE_AHEAD):
                taken.append(under_way.popleft().result())
                progress.done()
        for last in under_way:
            taken.append(last.result())
            progress.done()
    return taken, refused


def _record(
    db: Database, station: Station, parcel: Parcel, taken: Sequence[Taken], left: Sequence[Entry]
) -> dict[str, Any]:
    at = clock.now()
    entries = _entries(db, taken)
    blobs.add(db, [one.blob for one in taken if not one.incomplete], at)
    row = deliveries.insert(
        db, drop=parcel.drop, source=parcel.source, kind=parcel.kind, school=parcel.school,
        fingerprint=fingerprint(entries), code=station.settings.code, at=at,
    )  # fmt: skip
    deliveries.add_entries(db, row["no"], [*entries, *left])
    told = {
        "receipt": row["receipt"], "duplicate_of": row["duplicate_of"], "kind": parcel.kind,
        "source": parcel.source, "fingerprint": row["fingerprint"], "stored": len(entries), "ignored": len(left),
    }  # fmt: skip
    if kept := sum(one.kept for one in taken):
        told["kept_bytes"] = kept
    if anew := [one.seen.name for one in taken if one.differed]:
        told["copied_anew"] = anew[:20]
    journal.append(db, "received", f"delivery/{row['no']}", told)
    return row


def _entries(db: Database, taken: Sequence[Taken]) -> list[Entry]:
    entries: list[Entry] = []
    here: set[str] = set()
    for one in taken:
        sha256 = one.blob.sha256
        fate, reason = Fate.STORED, ""
        if one.incomplete:
            fate, reason = Fate.QUARANTINED, one.incomplete
        elif sha256 in here or blobs.known(db, sha256):
            fate, reason = Fate.DUPLICATE, "同样的内容已经收过"
        here.add(sha256)
        entries.append(Entry(one.seen.name, one.blob.size, fate, reason, sha256, one.seen.given))
    return entries


def _ignored(one: Seen) -> Entry:
    return Entry(one.name, one.size, Fate.IGNORED, one.ignored, raw=one.given)


def fingerprint(entries: Sequence[Entry]) -> str:
    """The same names and bytes give the same; "" when nothing was taken. Half files count: the same hand-in
    with the whole file is another one."""
    lines = sorted(f"{entry.name}\0{entry.sha256}" for entry in entries if entry.sha256)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest() if lines else ""
