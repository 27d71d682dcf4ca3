"""H5 on a disk: names that Windows, a shell or a screen would stumble over, and more things than anybody looks through."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from appliance.catalog import Catalog, deliveries
from appliance.intake import walk
from appliance.intake.parcel import Parcel
from appliance.intake.receive import receive
from appliance.station import Station
from tests import invariants
from tests.intake.conftest import fates, lay

NAMES = (
    "CON.docx", "nul", "aux.txt", "末尾有点.", "末尾有空格 ", "a.docx", "A.docx", "教案\u202excod.exe.docx", "教\u200b案.docx",
    "--help", "-rf", "$(id).txt", "`id`.txt", ";reboot.txt", "|x.txt", "C:\\x.docx", "..\\x.docx", "%00.txt", "a'b\"c.txt",
    "%s%n.txt", "e\u0301.docx", "\u00e9.docx",
)  # fmt: skip


@pytest.mark.fault("H5")
def test_each_odd_name_is_stored_under_a_name_of_ours_and_keeps_its_own_bytes(
    station: Station, catalog: Catalog, tmp_path: Path
) -> None:
    stick = lay(tmp_path / "stick", {f"课/{name}": name.encode() for name in NAMES})
    before = invariants.tree(stick)
    no = receive(station, catalog, Parcel("usb", "U 盘", stick))
    rows = {row["raw"].decode(): row["sha256"] for row in deliveries.entries(catalog.db, no)}
    assert rows == {f"课/{name}": sha256(name.encode()).hexdigest() for name in NAMES}
    assert set(station.store().blobs()) == set(rows.values())
    assert invariants.tree(stick) == before
    invariants.check(station)


@pytest.mark.fault("H5")
@pytest.mark.parametrize("folders, files", [(1, 30), (30, 1), (6, 5)], ids=["one folder", "many folders", "both"])
def test_beyond_the_bound_the_rest_is_told_and_not_looked_through(
    station: Station, catalog: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folders: int, files: int
) -> None:
    monkeypatch.setattr(walk, "MAX_ENTRIES", 20)
    stick = lay(
        tmp_path / "stick",
        {f"{one}/{two}.txt": b"%d %d" % (one, two) for one in range(folders) for two in range(files)},
    )
    no = receive(station, catalog, Parcel("usb", "U 盘", stick))
    found = fates(catalog, no)
    stored = [name for name, fate in found.items() if fate[0] == "stored"]
    told = [fate for fate in found.values() if fate[0] == "ignored"]
    assert len(stored) <= 20 and told and all(reason.startswith("东西太多，超过 20 个") for _, reason in told)
    invariants.check(station)
