from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from appliance.catalog import Catalog, deliveries
from appliance.intake.rounds import Intake
from appliance.station import Station
from tests.intake.conftest import Files, Hands, fates, half_video, lay, shown

Plug = Callable[[str, Files], Path]
Settled = Callable[[], list[int]]


def test_a_stick_is_taken_once_it_was_quiet_and_not_again_while_it_stays(
    catalog: Catalog, plug: Plug, intake: Intake, hands: Hands
) -> None:
    plug("张老师", {"课/教案.docx": b"plan"})
    assert intake.round() == ([], True)
    assert shown(catalog) == [("张老师", "settling", "等文件写完", 1)]
    hands.at += 0.2
    assert intake.round() == ([1], False)
    assert shown(catalog) == [("张老师", "done", "已收，第 360731-00001 号", 1)]
    hands.at += 60
    assert intake.round() == ([], False)


@pytest.mark.fault("F15")
def test_after_a_restart_the_same_questions_are_asked_and_nothing_is_taken_twice(
    station: Station, catalog: Catalog, plug: Plug, settled: Settled, hands: Hands
) -> None:
    plug("张老师", {"课/教案.docx": b"plan"})
    assert settled() == [1]
    again = Intake(station, catalog, now=hands)
    plug("李老师", {"课/教案2.docx": b"plan 2"})
    assert again.round() == ([], True)
    hands.at += 0.2
    assert again.round() == ([2], False)


@pytest.mark.fault("F12")
def test_a_stick_that_comes_again_is_a_new_delivery_with_the_old_receipt(
    catalog: Catalog, plug: Plug, settled: Settled
) -> None:
    stick = plug("张老师", {"课/教案.docx": b"plan"})
    settled()
    stick.rename(stick.parents[2] / "away")
    settled()
    assert shown(catalog) == [("张老师", "gone", "已收，第 360731-00001 号", 0)]
    (stick.parents[2] / "away").rename(stick)
    assert settled() == [2]
    at = deliveries.row(catalog.db, 1)["received_at"][:16].replace("T", " ")
    assert shown(catalog) == [("张老师", "done", f"这份资料已于 {at} 收过，第 360731-00001 号", 1)]


def test_a_stick_pulled_before_it_was_taken_is_asked_for(catalog: Catalog, plug: Plug, intake: Intake) -> None:
    stick = plug("张老师", {"课/教案.docx": b"plan"})
    intake.round()
    shutil.rmtree(stick)
    intake.round()
    assert shown(catalog) == [("张老师", "trouble", "U 盘被拔出，请重新插入", 0)]


def test_something_added_to_a_stick_that_stays_makes_a_new_delivery(
    catalog: Catalog, plug: Plug, settled: Settled
) -> None:
    plug("张老师", {"课/教案.docx": b"plan"})
    settled()
    plug("张老师", {"课/任务单.docx": b"sheet"})
    assert settled() == [2]
    assert fates(catalog, 2) == {
        "课/任务单.docx": ("stored", ""),
        "课/教案.docx": ("duplicate", "同样的内容已经收过"),
    }


def test_each_item_of_a_school_is_a_delivery_with_the_school_known(
    station: Station, catalog: Catalog, settled: Settled
) -> None:
    share = station.folder("drops/lan")
    lay(share, {"示例一小/分数/教案.docx": b"1", "示例一小/圆/教案.docx": b"2", "散放.docx": b"3"})
    assert settled() == [1, 2, 3]
    rows = [deliveries.row(catalog.db, no) for no in (1, 2, 3)]
    assert [(row["kind"], row["school"]) for row in rows] == [("lan", "示例一小"), ("lan", "示例一小"), ("lan", "")]
    assert [list(fates(catalog, no)) for no in (1, 2, 3)] == [["分数/教案.docx"], ["圆/教案.docx"], ["散放.docx"]]


def test_a_file_that_somebody_holds_open_for_writing_is_waited_for(
    catalog: Catalog, plug: Plug, settled: Settled, intake: Intake, hands: Hands
) -> None:
    stick = plug("张老师", {"课/教案.docx": b"plan"})
    with (stick / "课/教案.docx").open("r+b"):
        assert settled() == []
        assert shown(catalog) == [("张老师", "settling", "还在写入：课/教案.docx", 1)]
    hands.at += 0.2
    assert intake.round() == ([1], False)


def test_one_item_still_written_holds_up_no_other(
    station: Station, catalog: Catalog, settled: Settled, intake: Intake
) -> None:
    share = lay(station.folder("drops/lan"), {"示例一小/分数/教案.docx": b"1", "示例一小/圆/教案.docx": b"2"})
    with (share / "示例一小/圆/教案.docx").open("r+b"):
        assert settled() == [1]
    assert list(fates(catalog, 1)) == ["分数/教案.docx"]


def test_half_a_video_is_kept_apart_and_the_whole_one_is_taken_later(
    catalog: Catalog, plug: Plug, settled: Settled
) -> None:
    plug("张老师", {"课/教案.docx": b"plan", "课/微课视频.mp4": half_video()})
    settled()
    assert fates(catalog, 1)["课/微课视频.mp4"][0] == "quarantined"
    plug("张老师", {"课/微课视频.mp4": whole_video()})
    assert settled() == [2]
    assert fates(catalog, 2)["课/微课视频.mp4"] == ("stored", "")


def whole_video() -> bytes:
    def box(kind: bytes, content: bytes) -> bytes:
        return (len(content) + 8).to_bytes(4, "big") + kind + content

    return box(b"ftyp", b"isom\0\0\0\0isom") + box(b"mdat", b"\x55" * 100_000) + box(b"moov", b"\x01" * 64)


@pytest.mark.fault("F15")
def test_twenty_thousand_files_are_each_found_once(
    station: Station, catalog: Catalog, plug: Plug, intake: Intake, hands: Hands
) -> None:
    stick = plug("很多", {"0/0.ini": b""})
    for folder in range(200):
        (stick / str(folder)).mkdir(exist_ok=True)
        for number in range(100):
            (stick / str(folder) / f"{number}.txt").touch()  # empty: listed, and quick to make
    intake.round()
    hands.at += 0.2
    assert intake.round() == ([1], False)
    assert catalog.db.execute("select count(*), count(distinct name) from entry").fetchone() == (20_001, 20_001)


def test_a_box_at_rest_writes_nothing(catalog: Catalog, plug: Plug, settled: Settled, intake: Intake) -> None:
    plug("张老师", {"课/教案.docx": b"plan"})
    settled()
    before = catalog.db.execute("pragma data_version").fetchone(), catalog.db.conn.total_changes
    intake.round()
    assert (catalog.db.execute("pragma data_version").fetchone(), catalog.db.conn.total_changes) == before
