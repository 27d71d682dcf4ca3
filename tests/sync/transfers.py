"""One round between a county and a city, and what must hold after it."""

from appliance.catalog import lessons
from appliance.station import Station
from sync import inbox, outbox
from sync.sending import Sent
from tests import invariants
from tests.sync.conftest import Pair

DONE = {"分数的初步认识": "accepted"}


def send(pair: Pair) -> Sent:
    catalog = pair.county.catalog()
    try:
        return outbox.sync_once(pair.county, catalog)
    finally:
        catalog.close()


def receive(pair: Pair) -> inbox.Received:
    catalog = pair.city.catalog()
    try:
        return inbox.receive_once(pair.city, catalog)
    finally:
        catalog.close()


def round_trip(pair: Pair) -> list[str]:
    """The statuses of the receipts that came down."""
    send(pair)
    receive(pair)
    return [row["status"] for row in send(pair).receipts]


def materials(station: Station) -> list[tuple[str, str, str]]:
    catalog = station.catalog()
    rows = lessons.find(catalog.db)
    found = [(m.role, m.name, m.sha256) for row in rows for m in lessons.by_no(catalog.db, row["no"]).materials]
    assert all(station.store().verify(sha) for _, _, sha in found)
    catalog.close()
    return found


def invariants_hold(pair: Pair) -> None:
    for station in (pair.county, pair.city):
        invariants.check(station)
