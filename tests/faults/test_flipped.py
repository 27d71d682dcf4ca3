"""F5: one bit of the catalog flips while the box is off. Never a receipt that is silently gone."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from appliance import journal
from appliance.commands.watch import start
from appliance.errors import BoxError
from appliance.station import Station
from tests.conftest import make_station
from tests.faults.test_restore import hand_in, kept


def receipts(station: Station) -> set[str]:
    return {receipt for receipt, _, _ in kept(station)}


@pytest.mark.fault("F5")
@pytest.mark.parametrize("count", [12, pytest.param(400, marks=pytest.mark.slow)])
def test_after_a_flip_the_box_says_so_or_every_receipt_is_there(tmp_path: Path, count: int) -> None:
    """What a flip in a text makes of it SQLite cannot know; a flip in the journal is named by its chain."""
    box = make_station(tmp_path / "county")
    hand_in(box, "甲")
    hand_in(box, "乙")
    catalog = box.catalog()
    catalog.db.execute("pragma wal_checkpoint(truncate)")
    catalog.close()
    before, chance = receipts(box), random.Random(5)
    size = (box.home / "catalog.db").stat().st_size
    said = 0
    for _ in range(count):
        copy = tmp_path / "copy"
        shutil.copytree(box.home, copy)
        flip(copy / "catalog.db", chance.randrange(size), chance.randrange(8))
        torn = Station.open(copy)
        try:
            start(torn)
        except BoxError:  # damaged; or, when a step's own name is hit, of a newer program
            said += 1
        else:
            assert receipts(torn) == before or not chain_holds(torn)
        shutil.rmtree(copy)
    assert said > 0 or count < 100, "no flip was seen at all: the test proves nothing"


def flip(path: Path, place: int, bit: int) -> None:
    with path.open("r+b") as file:
        file.seek(place)
        byte = file.read(1)[0]
        file.seek(place)
        file.write(bytes([byte ^ 1 << bit]))


def chain_holds(station: Station) -> bool:
    catalog = station.catalog()
    count, bad = journal.verify(catalog.db)
    catalog.close()
    return bad is None and count > 0
