from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from appliance.catalog import Catalog
from appliance.intake.parcel import Parcel
from appliance.intake.receive import receive
from appliance.station import Station
from tests.intake.conftest import Files, lay


@pytest.fixture
def hand_in(station: Station, catalog: Catalog, tmp_path: Path) -> Callable[[Files], int]:
    """Receives these files as one stick; the delivery waits for the pipeline."""

    def receive_files(files: Files) -> int:
        return receive(station, catalog, Parcel("usb", "U 盘", lay(tmp_path / "stick", files)))

    return receive_files
