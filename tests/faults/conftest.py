"""A station whose sticks are mounted below `tmp_path/usb`, and the hands that plug them in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from appliance.catalog import Catalog
from appliance.intake.rounds import Intake
from appliance.station import Station
from tests.conftest import make_station
from tests.intake.conftest import Hands

MB = 1_000_000


@pytest.fixture
def usb(tmp_path: Path) -> Path:
    """Below it file systems are mounted: each is a stick."""
    place = tmp_path / "usb"
    place.mkdir()
    return place


@pytest.fixture
def station(tmp_path: Path, usb: Path) -> Station:
    return make_station(tmp_path / "county", more=f'usb_mounts = ["{usb}"]\n')


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def intake(station: Station, catalog: Catalog, hands: Hands) -> Intake:
    return Intake(station, catalog, now=hands)


@pytest.fixture
def settled(intake: Intake, hands: Hands) -> Callable[[], list[int]]:
    """Looks, lets the quiet time and the pause after a trouble pass, looks again; numbers of what was taken."""

    def rounds() -> list[int]:
        taken: list[int] = []
        for _ in range(3):
            taken += intake.round()[0]
            hands.at += intake.again_after + 1
        return taken

    return rounds


def journaled(catalog: Catalog, kind: str = "received") -> list[str]:
    return [row["data"] for row in catalog.db.query("select data from event where kind = ? order by seq", [kind])]
