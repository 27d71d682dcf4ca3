"""Files that are two things at once, and archives from a Japanese computer or nested without end."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from appliance.catalog import Catalog, deliveries
from appliance.intake.parcel import Parcel
from appliance.intake.receive import receive
from appliance.intake.unpack import unpack_all
from appliance.station import Station
from tests import invariants
from tests.intake.conftest import fates, lay, zipped
from tests.intake.test_unpack import one_member

HandIn = Callable[[str, bytes], dict[str, tuple[str, str]]]
PLAIN_ZIP = zipped({"教案.txt": b"plan"})
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
JPG = b"\xff\xd8\xff\xe0\x00\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xff\xd9"
FILM = b"\0\0\0\x18ftypisom\0\0\0\0isommp42"


@pytest.fixture
def hand_in(station: Station, catalog: Catalog, tmp_path: Path) -> HandIn:
    """Hands in one file and unpacks what can be; returns the fates. The box must be whole afterwards."""

    def taken(name: str, content: bytes) -> dict[str, tuple[str, str]]:
        stick = lay(tmp_path / "stick", {name: content})
        no = receive(station, catalog, Parcel("usb", "U 盘", stick))
        unpack_all(station, catalog, no)
        invariants.check(station, stick, {name: sha256(content).hexdigest()})
        return fates(catalog, no)

    return taken


@pytest.mark.fault("H2")
def test_an_archive_nested_beyond_all_bounds_ends_at_the_bound_with_a_reason(hand_in: HandIn) -> None:
    archive = PLAIN_ZIP
    for _ in range(40):
        archive = zipped({"课.zip": archive})
    told = hand_in("课.zip", archive)
    assert list(told.values())[-1] == ("quarantined", "压缩包里套了超过 1 层压缩包")
    assert len(told) == 3


@pytest.mark.fault("H4")
def test_a_name_from_a_japanese_computer_keeps_its_bytes_and_so_does_what_it_names(
    hand_in: HandIn, catalog: Catalog, station: Station
) -> None:
    raw = "授業案.txt".encode("shift_jis")
    hand_in("课.zip", one_member(raw, b"plan"))
    assert [row["raw"] for row in deliveries.entries(catalog.db, 1)] == ["课.zip".encode(), "课.zip/".encode() + raw]
    assert station.store().path(sha256(b"plan").hexdigest()).read_bytes() == b"plan"


@pytest.mark.parametrize(
    "name, content, fate",
    [
        ("课.pdf", PDF + PLAIN_ZIP, "stored"),
        ("课.jpg", JPG + PLAIN_ZIP, "stored"),
        ("课.mp4", FILM + PLAIN_ZIP, "quarantined"),
        ("课.zip", PDF + PLAIN_ZIP, "quarantined"),
        ("课.zip", JPG + PLAIN_ZIP, "quarantined"),
        ("课.zip", FILM + PLAIN_ZIP, "quarantined"),
    ],
    ids=["pdf", "jpg", "mp4", "pdf called zip", "jpg called zip", "mp4 called zip"],
)
@pytest.mark.fault("H8")
def test_a_file_that_is_a_zip_too_is_kept_whole_and_never_opened_as_one(
    hand_in: HandIn, name: str, content: bytes, fate: str
) -> None:
    told = hand_in(name, content)
    assert {one: (kind, bool(why)) for one, (kind, why) in told.items()} == {name: (fate, fate == "quarantined")}
