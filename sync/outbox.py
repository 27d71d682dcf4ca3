"""上报: approved lessons are sealed, then one `Sending` takes what is due to the station above."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from typing import Any

from appliance.catalog import Catalog, bundles, peers
from appliance.errors import NotEnrolled, StorageLies
from appliance.station import Station
from sync import bundle as sealing
from sync import locks
from sync.sending import Sending, Sent
from sync.transports import TRANSPORTS


def seal_approved(station: Station, catalog: Catalog) -> list[str]:
    """Seals every approved lesson; returns what could not be, and why: one damaged video holds up nobody else."""
    trouble = []
    sealing.finish_interrupted(station, catalog)
    for no in bundles.to_seal(catalog.db):
        try:
            sealing.seal(station, catalog, no)
        except StorageLies as error:
            trouble.append(f"第 {no} 号课例：{error}")
            with catalog.writing() as db:
                bundles.forget(db, "sealing")
    return trouble


def sync_once(station: Station, catalog: Catalog, due_only: bool = False, stop: threading.Event | None = None) -> Sent:
    """One session. `due_only`: leave what still waits for its next try. Raises `Busy`, `NotEnrolled`."""
    with locks.alone(station, "outbox"):
        trouble = seal_approved(station, catalog)
        above = peers.above(catalog.db)
        if above is None:
            _note_waiting(catalog, NotEnrolled.what)
            raise NotEnrolled()
        transport = TRANSPORTS["ssh-rsync"](station, above["document"], stop)
        session = Sending(station, catalog, above["document"], transport, Sent())
        session.run(due_only)
        session.done.waiting = [{"bundle": "", "reason": says, "next_try_s": 0} for says in trouble]
        session.done.waiting += [waiting(row) for row in bundles.under_way(catalog.db)]
        session.done.waiting += session.problems
    return session.done


def waiting(row: Mapping[str, Any]) -> dict[str, Any]:
    """What a clerk sees of an unfinished bundle."""
    reason = row["reason"] or _PLAIN[row["state"]]
    seconds = round(max(0.0, row["next_try"] - time.monotonic())) if row["next_try"] else 0
    return {"bundle": row["path"].removeprefix("outbox/"), "reason": reason, "next_try_s": min(seconds, 300)}


ANSWER_EXPECTED = "已送出，等上级回执"
_PLAIN = {"sealed": "等待传送", "sending": "正在传送", "sent": ANSWER_EXPECTED}


def _note_waiting(catalog: Catalog, reason: str) -> None:
    with catalog.writing() as db:
        for row in bundles.under_way(db):
            bundles.update(db, row["id"], {"reason": reason})
