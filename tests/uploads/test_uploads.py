"""F11 and H5 of what comes by browser, below the protocol: pieces, their order, what a crash leaves, who sees what."""

from __future__ import annotations

import hashlib
import os

import pytest

from appliance.catalog import deliveries
from appliance.errors import NotAllowed, NotFound
from appliance.intake.uploads import append, places
from tests import invariants
from tests.intake.conftest import fates, half_video
from tests.uploads.conftest import PATH, refused, school_row


def test_a_folder_handed_in_piece_by_piece_becomes_one_delivery_of_the_school(school, taken, station) -> None:
    upload = school.begin(PATH, 8)
    assert [school.append(upload, 0, b"plan"), school.append(upload, 4, b" two")] == [4, 8]
    school.send("三年级数学《分数的初步认识》教师甲/Thumbs.db", b"t")
    school.hand_over()
    assert taken() == [1]
    row = deliveries.row(school.catalog.db, 1)
    assert (row["kind"], row["school"], row["source"]) == ("browser", "示例一小", "网页投递 示例一小")
    assert fates(school.catalog, 1) == {
        PATH: ("stored", ""),
        "三年级数学《分数的初步认识》教师甲/Thumbs.db": ("ignored", "系统缩略图"),
    }
    stored = station.store().path(hashlib.sha256(b"plan two").hexdigest())
    assert stored.read_bytes() == b"plan two"
    invariants.check(station)


def test_once_it_is_in_the_store_nothing_is_left_lying(school, taken, station) -> None:
    school.send(PATH, b"plan")
    school.hand_over()
    assert (taken(), taken()) == ([1], [])
    assert [*station.folder("uploads").iterdir(), *station.folder("drops/browser").iterdir()] == []


@pytest.mark.fault("F11")
def test_a_piece_twice_out_of_order_or_beyond_the_size_changes_nothing(school) -> None:
    upload = school.begin(PATH, 8)
    school.append(upload, 0, b"plan")
    assert refused(school.append, upload, 0, b"plan") == "OFFSET"
    assert refused(school.append, upload, 6, b"wo") == "OFFSET"
    assert refused(school.append, upload, 4, b" two and more") == "TOO_MUCH"
    assert school.offset(upload) == (4, 8)


@pytest.mark.fault("F11")
def test_a_piece_that_changed_on_the_way_is_not_kept(school, station) -> None:
    upload = school.begin(PATH, 4)
    wrong = append.Checksum("sha1", hashlib.sha1(b"plan").digest())
    assert refused(school.append, upload, 0, b"plam", wrong) == "CHECKSUM"
    assert school.offset(upload) == (0, 4)
    assert places.path(station, school_row(school, upload)).read_bytes() == b""
    assert school.append(upload, 0, b"plan", wrong) == 4


@pytest.mark.fault("F11")
def test_bytes_written_and_never_acknowledged_are_written_over(school, station) -> None:
    upload = school.begin(PATH, 8)
    school.append(upload, 0, b"plan")
    path = places.path(station, school_row(school, upload))
    with path.open("ab") as file:
        file.write(b"????")  # a power cut between the write and the row
    assert school.offset(upload) == (4, 8)
    school.append(upload, 4, b" two")
    assert path.read_bytes() == b"plan two"


@pytest.mark.fault("F11")
def test_a_disk_that_lost_what_was_acknowledged_is_told_and_begins_there(school, station) -> None:
    upload = school.begin(PATH, 8)
    school.append(upload, 0, b"plan")
    os.truncate(places.path(station, school_row(school, upload)), 2)
    assert refused(school.append, upload, 4, b" two") == "OFFSET"
    assert (school.offset(upload), school.append(upload, 2, b"an two")) == ((2, 8), 8)


@pytest.mark.fault("F11")
def test_two_tabs_with_the_same_file_fill_one_object_in_turns(school, station) -> None:
    first = school.begin(PATH, 8, "1716012345000")
    assert school.begin(PATH, 8, "1716012345000") == first
    school.append(first, 0, b"plan")
    with append._held(places.path(station, school_row(school, first))):
        assert refused(school.append, first, 4, b" two") == "BUSY"
    school.append(first, 4, b" two")
    assert school.files() == [(PATH, 8, 8)]


@pytest.mark.fault("F11")
@pytest.mark.parametrize(("size", "stamp"), [(9, "1"), (8, "2"), (8, "")])
def test_a_file_that_changed_meanwhile_begins_anew_and_takes_the_place_of_the_old(school, size, stamp) -> None:
    old = school.begin(PATH, 8, "1")
    school.append(old, 0, b"plan")
    new = school.begin(PATH, size, stamp)
    assert new != old
    assert school.files() == [(PATH, 0, size)]
    with pytest.raises(NotFound):
        school.offset(old)


def test_nothing_is_handed_over_before_every_file_is_whole(school) -> None:
    with pytest.raises(NotAllowed, match="还没有传文件"):
        school.hand_over()
    upload = school.begin(PATH, 8)
    school.append(upload, 0, b"plan")
    with pytest.raises(NotAllowed, match="还有 1 个文件没有传完"):
        school.hand_over()


def test_after_handing_over_no_byte_is_added_and_the_next_file_begins_another(school) -> None:
    upload = school.send(PATH, b"plan")
    first = school.hand_over()
    with pytest.raises(NotFound):
        school.append(upload, 4, b"more")
    school.send(PATH, b"plan 2")
    assert school.hand_over() == first + 1


def test_a_file_taken_back_is_gone(school, station) -> None:
    upload = school.begin(PATH, 8)
    school.append(upload, 0, b"plan")
    append.end(station, school.catalog, school.row["id"], upload)
    assert (school.files(), list((station.folder("uploads") / "1").iterdir())) == ([], [])
    with pytest.raises(NotFound):
        append.end(station, school.catalog, school.row["id"], upload)


def test_another_school_does_not_find_it(school, other) -> None:
    upload = school.begin(PATH, 8)
    for deed in (lambda: other.offset(upload), lambda: other.append(upload, 0, b"plan")):
        with pytest.raises(NotFound):
            deed()
    with pytest.raises(NotFound):
        append.end(other.station, other.catalog, other.row["id"], upload)


def test_half_a_video_sent_whole_is_kept_apart_all_the_same(school, taken) -> None:
    """What the school's own copy lacks no protocol can know; the structure says so."""
    school.send("课/微课视频.mp4", half_video())
    school.hand_over()
    taken()
    assert fates(school.catalog, 1)["课/微课视频.mp4"][0] == "quarantined"
