"""F11 and H5 of what comes by browser, below the protocol: pieces, their order, what a crash leaves, who sees what."""

from __future__ import annotations

import hashlib
import io
import os

import pytest

from appliance.catalog import deliveries, school_codes, uploads
from appliance.errors import NotAllowed, NotFound, StorageFull, UploadRefused
from appliance.intake.drops import browser
from appliance.intake.uploads import append, begin, hand_over, places, sweep
from appliance.station import Station
from tests import invariants
from tests.conftest import run_lessonbox
from tests.intake.conftest import fates, half_video

PATH = "三年级数学《分数的初步认识》教师甲/教学设计.txt"


def refused(deed, *words) -> str:
    with pytest.raises(UploadRefused) as said:
        deed(*words)
    return said.value.code


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


def test_a_piece_that_changed_on_the_way_is_not_kept(school, station) -> None:
    upload = school.begin(PATH, 4)
    wrong = append.Checksum("sha1", hashlib.sha1(b"plan").digest())
    assert refused(school.append, upload, 0, b"plam", wrong) == "CHECKSUM"
    assert school.offset(upload) == (0, 4)
    assert places.path(station, school_row(school, upload)).read_bytes() == b""
    assert school.append(upload, 0, b"plan", wrong) == 4


def school_row(school, upload):
    return uploads.of_school(school.catalog.db, upload, school.row["id"])


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


@pytest.mark.parametrize(
    "path", ["../教案.docx", "/etc/passwd", "课/../../教案.docx", "课//教案.docx", "", ".", "a\0b"]
)
@pytest.mark.fault("H1")
def test_a_path_that_climbs_is_refused(school, path) -> None:
    assert refused(school.begin, path, 1) == "NAME"
    assert school.files() == []


@pytest.mark.parametrize("path", ["/".join("课" * 64), "课" * 1366])
def test_a_path_too_deep_or_too_long_is_refused(school, path) -> None:
    assert refused(school.begin, path, 1) == "NAME"


@pytest.mark.parametrize(
    "name",
    ["长" * 200 + ".docx", "CON.docx", "末尾有点.docx.", "\u202egpj.docx", "-rf", "$(id).txt", "<b>粗</b>.txt",
     "C:\\作业.docx", "换\n行.txt", "\x1b[2J.txt"],
)  # fmt: skip
@pytest.mark.fault("H5")
def test_any_other_name_is_only_a_label(school, taken, station, name) -> None:
    """Longer than the file system's names, reserved elsewhere, steering: kept as given, stored under ours."""
    school.send("课/" + name, b"plan")
    school.hand_over()
    assert taken() == [1]
    (entry,) = school.catalog.db.query("select raw, fate from entry")
    assert entry == {"raw": ("课/" + name).encode(), "fate": "stored"}
    invariants.check(station)


def test_half_a_video_sent_whole_is_kept_apart_all_the_same(school, taken) -> None:
    """What the school's own copy lacks no protocol can know; the structure says so."""
    school.send("课/微课视频.mp4", half_video())
    school.hand_over()
    taken()
    assert fates(school.catalog, 1)["课/微课视频.mp4"][0] == "quarantined"


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


def test_an_upload_that_rests_for_days_is_given_up_and_a_whole_file_is_not(school, station) -> None:
    school.send("whole.txt", b"plan")
    half = school.begin("half.mp4", 8)
    school.append(half, 0, b"plan")
    hours = station.settings.upload_hours * 3600
    assert sweep.give_up(station, school.catalog, hours - 1) == 0
    school.append(half, 4, b"mo")
    assert sweep.give_up(station, school.catalog, hours - 1) == 0
    assert sweep.give_up(station, school.catalog, 2) == 1
    assert school.files() == [("whole.txt", 4, 4)]
    assert len(list((station.folder("uploads") / "1").iterdir())) == 1


def test_at_the_start_files_without_a_row_go_and_files_with_one_stay(school, station) -> None:
    school.send(PATH, b"plan")
    (station.folder("uploads") / "1" / "0123.mp4").write_bytes(b"left")
    (station.folder("uploads") / "99").mkdir()
    (station.folder("uploads") / "99" / "0124").write_bytes(b"left")
    sweep.at_start(station, school.catalog)
    assert [path.name for path in station.folder("uploads").iterdir()] == ["1"]
    assert school.files() == [(PATH, 4, 4)]
    assert len(list((station.folder("uploads") / "1").iterdir())) == 1


@pytest.mark.fault("F3")
def test_a_hand_in_that_a_power_cut_kept_from_moving_moves_at_the_next_start(
    school, taken, station, monkeypatch
) -> None:
    school.send(PATH, b"plan")
    monkeypatch.setattr(hand_over, "lay", lambda *words: None)
    school.hand_over()
    assert taken() == []
    monkeypatch.undo()
    sweep.at_start(station, school.catalog)
    assert taken() == [1]
    sweep.at_start(station, school.catalog)
    invariants.check(station)


@pytest.mark.fault("F3")
def test_a_hand_in_received_when_the_power_failed_is_not_taken_twice_and_cleared_at_last(
    school, taken, station
) -> None:
    school.send(PATH, b"plan")
    school.hand_over()
    watch = ("watch", "--once", "--home", station.home)
    assert run_lessonbox(*watch, failpoint="intake.committed").returncode == -9
    assert [path.name for path in sorted(station.folder("drops/browser").iterdir())] == ["1", "1.json"]
    assert run_lessonbox(*watch).returncode == 0
    assert list(station.folder("drops/browser").iterdir()) == []
    assert deliveries.count(school.catalog.db) == 1
    invariants.check(station)


def test_a_folder_that_was_amid_being_cleared_is_no_drop_and_goes(school, taken, station) -> None:
    (station.folder("drops/browser") / "7").mkdir()
    (station.folder("drops/browser") / "7" / "0123.txt").write_bytes(b"half of what was")
    assert taken() == []
    browser.sweep(station)
    assert list(station.folder("drops/browser").iterdir()) == []
