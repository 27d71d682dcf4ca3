"""传送: one session with the station above, in this order:

1. receipts come down first: they may make the rest needless;
2. manifests and documents of every bundle go up, about 0.5 % of the bytes: the city sees the whole list at once;
3. then, oldest first, each bundle's videos and at the very end its signature. No signature, no bundle.
4. receipts once more.
What is not through keeps its reason and the time of its next try. Bytes that arrived are never sent again.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from appliance import failpoint, journal
from appliance.catalog import Catalog, bundles, lessons, receipts
from appliance.errors import BadBundle
from appliance.model import LessonState
from appliance.station import Station
from sync import codes, receipts_in, supervisor
from sync.profile import SIGNATURE
from sync.supervisor import Outcome
from sync.transports import Transport

UNANSWERED = 60.0  # seconds after which a bundle without a receipt is offered again; it costs a list of names
NO_VIDEO = ("/data/video/", f"/{SIGNATURE}")
NO_SIGNATURE = (f"/{SIGNATURE}",)


@dataclass
class Sent:
    """`--json` of `sync`."""

    sent: list[dict[str, Any]] = field(default_factory=list)
    waiting: list[dict[str, Any]] = field(default_factory=list)
    receipts: list[dict[str, Any]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return {"sent": self.sent, "waiting": self.waiting, "receipts": self.receipts}


def is_due(row: Mapping[str, Any], now: float) -> bool:
    """`next_try` is of the monotonic clock, which starts again with the box: a time further off than the longest
    wait is of an earlier start."""
    left = row["next_try"] - now
    return left <= 0 or left > supervisor.LONGEST * 1.2


class Sending:
    def __init__(
        self, station: Station, catalog: Catalog, grant: dict[str, Any], transport: Transport, done: Sent
    ) -> None:
        self.station, self.catalog, self.grant = station, catalog, grant
        self.transport, self.done = transport, done
        self.problems: list[dict[str, Any]] = []

    def run(self, due_only: bool) -> None:
        rows = [row for row in bundles.under_way(self.catalog.db) if not due_only or is_due(row, time.monotonic())]
        if not rows and due_only and not self._answers_expected():
            return
        fetched = self._fetch()
        if not fetched.ok:
            self._failed([row["id"] for row in rows], fetched)
            return
        due = {row["id"] for row in rows}
        rows = [row for row in bundles.under_way(self.catalog.db) if row["id"] in due]
        if not rows:
            return
        failpoint.reached("send.before")
        if self._documents(rows) and self._videos(rows):
            self._fetch()

    def _answers_expected(self) -> bool:
        return bool(bundles.awaiting_answer(self.catalog.db))

    def _fetch(self) -> Outcome:
        """Receipts down; those that cannot be believed are named and stop nothing else."""
        folder = self.station.folder("receipts") / f"from-{self.grant['city']}"
        outcome = self.transport.fetch("/", folder)
        try:
            self.done.receipts += receipts_in.take_in(self.station, self.catalog, self.grant, folder)
            self._refused("")
        except BadBundle as error:
            self.problems.append({"bundle": "", "reason": str(error), "next_try_s": 0})
            self._refused(str(error))
        return outcome

    def _refused(self, says: str) -> None:
        """上报 shows it until receipts can be believed again; the journal tells it once."""
        if says == (bundles.remembered(self.catalog.db, bundles.REFUSED) or ""):
            return
        with self.catalog.writing() as db:
            bundles.remember(db, bundles.REFUSED, says)
            if says:
                journal.append(db, "receipts.refused", f"peer/{self.grant['city']}", {"why": says})

    def _documents(self, rows: list[Mapping[str, Any]]) -> bool:
        """One bundle alone needs no round of its own: rsync sends its documents before its videos anyway."""
        for row in rows:
            self._update(row["id"], {"state": "sending" if row["state"] == "sealed" else row["state"]})
            if len(rows) > 1 and not self._push(row, NO_VIDEO):
                return False
        failpoint.reached("send.documents")
        return True

    def _videos(self, rows: list[Mapping[str, Any]]) -> bool:
        for row in rows:
            if not self._push(row, NO_SIGNATURE):
                return False
            failpoint.reached("send.videos")
            if not self._push(row, ()):
                return False
            failpoint.reached("send.signature")
            self._arrived(row["id"])
            failpoint.reached("send.committed")
        return True

    def _push(self, row: Mapping[str, Any], without: tuple[str, ...]) -> bool:
        source = self.station.home / row["path"]
        place = row["path"].removeprefix("outbox")
        lesson = place.rpartition("/")[0]
        outcome = self.transport.push(
            source, f"{place}/", without=without, basis=f"{lesson}/v{row['version'] - 1}/" if row["version"] > 1 else "",
            again=self._doubted(row["id"]), progress=lambda count: self._progress(row["id"], count),
        )  # fmt: skip
        if not outcome.ok:
            self._failed([row["id"]], outcome)
        return outcome.ok

    def _doubted(self, bundle: int) -> bool:
        """The city found other bytes than these under names, sizes and times that fit: compare the content."""
        answers = [row for row in receipts.in_of_bundle(self.catalog.db, bundle) if row["status"] == "quarantined"]
        found = {finding.get("code") for row in answers for finding in json.loads(row["document"])["findings"]}
        return bool(found & codes.MENDED_BY_SENDING_AGAIN)

    def _arrived(self, bundle: int) -> None:
        """In one transaction: the bundle is sent, its lesson too, and the journal says so."""
        with self.catalog.writing() as db:
            row = bundles.by_id(db, bundle)
            offered = row["attempts"] + 1 if row["state"] == "sent" else 1
            again = time.monotonic() + min(supervisor.LONGEST, UNANSWERED * offered)
            sent = {"state": "sent", "reason": "", "bytes_sent": row["bytes"]}
            bundles.update(db, bundle, sent | {"next_try": again, "attempts": offered})
            if row["state"] != "sent":
                what = {"seq": row["seq"], "tagmanifest": row["tagmanifest_sha256"]}
                journal.append(db, "bundle.sent", f"lesson/{row['lesson']}", what)
            newest = bundles.newest_of(db, row["lesson"])
            if newest and newest["id"] == bundle and lessons.by_no(db, row["lesson"]).state == LessonState.BUNDLED:
                lessons.set_state(db, row["lesson"], LessonState.SENT)
        self.done.sent.append({"bundle": row["path"].removeprefix("outbox/"), "seq": row["seq"], "bytes": row["bytes"]})

    def _failed(self, ids: list[int], outcome: Outcome) -> None:
        """Never silent: the reason and the next try stand in the row."""
        with self.catalog.writing() as db:
            for bundle in ids:
                row = bundles.by_id(db, bundle)
                attempts = row["attempts"] + 1
                wait = (
                    0.0 if outcome.cause in (supervisor.ROUTE, supervisor.STOPPED) else supervisor.wait_after(attempts)
                )
                next_try = time.monotonic() + wait
                bundles.update(db, bundle, {"reason": outcome.cause.says, "attempts": attempts, "next_try": next_try})
        if not ids:
            self.problems.append({"bundle": "", "reason": outcome.cause.says, "next_try_s": 0})

    def _progress(self, bundle: int, count: int) -> None:
        self._update(bundle, {"bytes_sent": count})

    def _update(self, bundle: int, fields: dict[str, Any]) -> None:
        with self.catalog.writing() as db:
            bundles.update(db, bundle, fields)
