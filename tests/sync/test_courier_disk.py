"""By hand: the same bundles, the same receipts, no line."""

import json
import os
from pathlib import Path

import pytest

from appliance.errors import BadBundle
from appliance.station import Station
from sync import courier_disk, outbox, sealed_parts
from tests.sync.conftest import Pair, approved, command, make_station, states


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    (tmp_path / "disk").mkdir()
    return tmp_path / "disk"


def seal_all(station: Station) -> None:
    catalog = station.catalog()
    outbox.seal_approved(station, catalog)
    catalog.close()


def test_a_lesson_goes_up_by_disk_and_its_receipt_comes_back_by_disk(trusted: Pair, disk: Path) -> None:
    approved(trusted.county)
    seal_all(trusted.county)
    for home, way in ((trusted.county, "out"), (trusted.city, "in"), (trusted.city, "out"), (trusted.county, "in")):
        done = command("courier", way, str(disk), "--home", str(home.home), "--json")
        assert done.returncode == 0, done.stderr
    assert [row["status"] for row in json.loads(done.stdout)["receipts"]] == ["cataloged"]
    assert states(trusted.county) == states(trusted.city) == {"分数的初步认识": "accepted"}


def test_the_disk_shows_index_and_signature_but_no_content(trusted: Pair, disk: Path) -> None:
    approved(trusted.county)
    seal_all(trusted.county)
    courier_disk.out(trusted.county, disk)
    folder = disk / "LessonBox/up/county-640502/640502-00001-v1"
    assert sorted(path.name for path in folder.iterdir()) == [
        "index.json", "part-001.age", "tagmanifest-sha256.txt", "tagmanifest-sha256.txt.sig",
    ]  # fmt: skip
    assert (folder / "part-001.age").read_bytes().startswith(b"age-encryption.org/v1\n")
    assert "教师甲".encode() not in (folder / "part-001.age").read_bytes()


def test_the_same_bundle_by_wire_and_by_disk_is_one_entry(trusted: Pair, disk: Path) -> None:
    approved(trusted.county)
    seal_all(trusted.county)
    courier_disk.out(trusted.county, disk)
    trusted.open_line()
    catalog = trusted.county.catalog()
    outbox.sync_once(trusted.county, catalog)
    trusted.cut_line()
    command("receive", "--once", "--home", str(trusted.city.home))
    assert courier_disk.take_in(trusted.city, disk)["bundles"] == []
    assert states(trusted.city) == {"分数的初步认识": "accepted"}


@pytest.mark.parametrize("at", [0.01, 0.5, 0.999])
def test_a_flipped_byte_on_the_disk_leaves_nothing_behind(trusted: Pair, disk: Path, at: float) -> None:
    approved(trusted.county)
    seal_all(trusted.county)
    courier_disk.out(trusted.county, disk)
    part = disk / "LessonBox/up/county-640502/640502-00001-v1/part-001.age"
    data = bytearray(part.read_bytes())
    data[int(len(data) * at)] ^= 1
    part.write_bytes(bytes(data))
    with pytest.raises(BadBundle):
        courier_disk.take_in(trusted.city, disk)
    assert [path for path in (trusted.city.home / "incoming").rglob("*") if path.is_file()] == []


def test_a_disk_for_another_city_cannot_be_read(trusted: Pair, disk: Path, tmp_path: Path) -> None:
    from tests.sync.conftest import enrol

    approved(trusted.county)
    seal_all(trusted.county)
    courier_disk.out(trusted.county, disk)
    stranger = make_station(tmp_path / "stranger", "city", "640900", sshd_port=1)
    enrol(trusted.county, stranger)
    with pytest.raises(BadBundle):
        courier_disk.take_in(stranger, disk)


def test_parts_are_split_below_the_size_that_a_file_system_can_hold(
    trusted: Pair, sealed: Path, tmp_path: Path
) -> None:
    import pyrage

    identity = pyrage.x25519.Identity.generate()
    (tmp_path / "parts").mkdir()
    (tmp_path / "back").mkdir()
    rows = sealed_parts.write(sealed, tmp_path / "parts", [identity.to_public()], part=100_000)
    assert len(rows) > 3 and {row["size"] for row in rows[:-1]} == {100_000}
    parts = [(row["name"], row["size"], row["sha256"]) for row in rows]
    sealed_parts.read(tmp_path / "parts", parts, tmp_path / "back", identity)
    for path in sealed.rglob("*"):
        if path.is_file():
            copy = tmp_path / "back" / path.relative_to(sealed)
            assert (copy.read_bytes(), copy.stat().st_mtime) == (path.read_bytes(), path.stat().st_mtime)


def test_an_unfinished_folder_on_the_disk_is_not_looked_at(trusted: Pair, disk: Path) -> None:
    approved(trusted.county)
    seal_all(trusted.county)
    courier_disk.out(trusted.county, disk)
    os.unlink(disk / "LessonBox/up/county-640502/640502-00001-v1/index.json")
    assert courier_disk.take_in(trusted.city, disk)["bundles"] == []
