"""A bundle is sealed, carried by hand and received, without a line."""

import shutil
from pathlib import Path

from appliance.station import Station
from sync import bundle, inbox
from tests.sync.conftest import Pair, approved

INCOMING = "incoming/county-640502"


def seal(station: Station, title: str) -> Path:
    catalog = station.catalog()
    row = bundle.seal(station, catalog, approved(station, title))
    catalog.close()
    return station.home / row["path"]


def carry(pair: Pair, sealed: Path) -> Path:
    target = pair.city.home / INCOMING / sealed.parent.name / sealed.name
    return Path(shutil.copytree(sealed, target))


def receive(pair: Pair) -> list[tuple[str, list[str]]]:
    """(status, codes) of the new receipts."""
    catalog = pair.city.catalog()
    given = inbox.receive_once(pair.city, catalog).receipts
    catalog.close()
    return [(row["status"], [finding["code"] for finding in row["findings"]]) for row in given]
