"""F6 of what comes by browser: what a school may send, and what the disk can take."""

from __future__ import annotations

import io

import pytest

from appliance.catalog import school_codes
from appliance.errors import StorageFull
from appliance.intake.uploads import append, begin, places
from appliance.station import Station
from tests.uploads.conftest import PATH, refused, school_row


def test_the_allowance_of_a_school_is_kept(school) -> None:
    with school.catalog.writing() as db:
        school_codes.allow_bytes(db, "示例一小", 10)
    school.row["bytes"] = 10
    school.send("a.txt", b"12345678")
    assert refused(school.begin, "b.txt", 3) == "QUOTA"
    school.send("b.txt", b"12")


def test_more_files_than_one_hand_in_may_have_are_refused(school, monkeypatch) -> None:
    monkeypatch.setattr(begin, "MOST_FILES", 2)
    school.begin("a", 1), school.begin("b", 1)
    assert refused(school.begin, "c", 1) == "QUOTA"


def test_what_the_disk_will_need_is_counted_before_the_first_byte(school, station: Station) -> None:
    room = station.store().room()
    school.begin("a.mp4", room // 3)
    with pytest.raises(StorageFull, match="存储空间不足，还差"):
        school.begin("b.mp4", room // 3)
    assert [name for name, _, _ in school.files()] == ["a.mp4"]


@pytest.mark.fault("F6")
def test_a_full_disk_amid_a_piece_leaves_the_offset_and_frees_the_room(school, station) -> None:
    class Full(io.BytesIO):
        def read(self, count: int = -1) -> bytes:
            if self.tell() >= 4:
                raise OSError(28, "No space left on device")
            return super().read(min(count, 4))

    upload = school.begin(PATH, 8)
    with pytest.raises(StorageFull, match="从断的地方接着传"):
        append.append(station, school.catalog, school.row["id"], upload, 0, Full(b"plan two"), 8)
    assert (school.offset(upload), places.path(station, school_row(school, upload)).stat().st_size) == ((0, 8), 0)
