"""F7: bytes that were written well and are read back otherwise, at once or later."""

from __future__ import annotations

import io
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from appliance import fixity
from appliance.catalog import Catalog
from appliance.errors import StorageLies
from appliance.intake.parcel import Parcel
from appliance.intake.receive import receive
from appliance.station import Station
from appliance.store import Store
from tests import invariants
from tests.faults import sticks
from tests.intake.conftest import lay

PLAN = b"plan" * 100_000


@pytest.fixture
def lying(tmp_path: Path) -> Iterator[Path]:
    """A folder on a disk that changes one byte in the middle of whatever is read back."""
    place, inside = tmp_path / "lying", tmp_path / "inside"
    place.mkdir()
    inside.mkdir()
    words = [sys.executable, "-m", "tests.faults.lying", str(inside), str(place), "200000"]
    server = subprocess.Popen(words, cwd=sticks.ROOT)
    deadline = time.monotonic() + 20
    while not place.is_mount():
        assert server.poll() is None and time.monotonic() < deadline, "the FUSE disk did not come up"
        time.sleep(0.02)
    yield place
    subprocess.run(["umount", "--lazy", place], check=False)
    server.wait(10)


@pytest.mark.fault("F7")
@pytest.mark.skipif(bool(sticks.NO_FUSE), reason=sticks.NO_FUSE or "-")
def test_a_disk_that_gives_back_other_bytes_is_caught_by_reading_again_and_nothing_stays(lying: Path) -> None:
    store = Store(lying / "store")
    store.prepare()
    with pytest.raises(StorageLies):
        store.put(io.BytesIO(PLAN))
    assert [path.name for path in lying.rglob("*") if path.is_file()] == []


@pytest.mark.fault("F7")
def test_a_byte_that_flips_later_is_found_by_the_next_cycle_marked_and_mended_when_the_bytes_come_again(
    station: Station, catalog: Catalog, tmp_path: Path
) -> None:
    stick = lay(tmp_path / "stick", {"课/教案.docx": PLAN, "课/别的.docx": b"other"})
    no = receive(station, catalog, Parcel("usb", "U 盘", stick))
    sha256 = catalog.db.execute("select sha256 from entry where name = '课/教案.docx'").fetchone()[0]
    path = station.store().path(sha256)
    path.chmod(0o640)
    with path.open("r+b") as file:
        file.seek(200_000)
        file.write(b"x")
    found = fixity.run(catalog, station.store())
    assert (found.read, found.damaged, found.missing) == (1, [sha256], [])
    assert [row["sha256"] for row in catalog.db.query("select sha256 from blob where damaged")] == [sha256]
    assert receive(station, catalog, Parcel("usb", "U 盘", stick)) == no + 1
    assert fixity.run(catalog, station.store()).damaged == []
    invariants.check(station, stick)
