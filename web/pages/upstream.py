"""上报: every bundle with its state, why it waits, when it is tried next; and what the station above received."""

from __future__ import annotations

import json
import time
from typing import Any

from flask import Blueprint, render_template

from appliance import heartbeat
from appliance.catalog import bundles, peers, shipments
from appliance.model import Level
from web import box
from web.pages import BY_NAME
from web.paging import ROWS, asked

RECEIPTS = 20
LONGEST_WAIT = 3600.0

page = Blueprint("upstream", __name__)


@page.get("/upstream")
def show() -> str:
    db = box.db()
    counts = shipments.bundle_counts(db)
    paging = asked().of(sum(counts.values()))
    known = shipments.peers(db)
    return render_template(
        BY_NAME["upstream"].template,
        bundles=[_for_screen(row) for row in shipments.bundles(db, ROWS, paging.offset)],
        counts=counts,
        refused=bundles.remembered(db, bundles.REFUSED),
        unsealed=shipments.approved_unsealed(db),
        paging=paging,
        above=[peer for peer in known if peer["direction"] == peers.ABOVE],
        below=[peer for peer in known if peer["direction"] == peers.BELOW],
        receipts=shipments.receipts(db, RECEIPTS),
        issued=shipments.receipts_issued(db, RECEIPTS),
        county=box.station().level == Level.COUNTY,
        courier=heartbeat.read(box.station().folder("run"))["courier"],
    )


def _for_screen(row: dict[str, Any]) -> dict[str, Any]:
    """With the seconds until it is tried again, and when the city says that it received it."""
    share = min(100, round(100 * row["bytes_sent"] / row["bytes"])) if row["bytes"] else 0
    return row | {"share": share, "wait": _wait(row["next_try"]), "city_time": city_time(row["receipt_document"])}


def _wait(next_try: float) -> float:
    """Seconds until the courier tries again, 0 when that is now. `next_try` is of the monotonic clock, which begins
    anew with each start: what lies further off than any wait is of an earlier start, and due."""
    left = next_try - time.monotonic()
    return left if 0 < left < LONGEST_WAIT else 0.0


def city_time(document: str | None) -> str:
    """The station above's own time of receipt, which is the one that counts; "" when it gives none."""
    try:
        said = json.loads(document or "{}")
    except ValueError:
        return ""
    at = said.get("city_time", "") if isinstance(said, dict) else ""
    if isinstance(at, dict):
        at = at.get("wall", "")
    return at if isinstance(at, str) else ""
