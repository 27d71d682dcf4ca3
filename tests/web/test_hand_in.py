"""投递 and 交件码: who gets in, what a school sees, and that it is its own."""

from __future__ import annotations

import hashlib
import json
import re

import pytest

from appliance.catalog import deliveries
from appliance.commands.watch import once
from tests import invariants
from tests.web.schools import LESSON, Sender, open_station


@pytest.fixture
def station(tmp_path):
    return open_station(tmp_path / "county")


def hand_in(sender: Sender, path: str = LESSON, content: bytes = b"plan") -> None:
    address = sender.create(path, len(content)).headers["Location"]
    assert sender.piece(address, 0, content).status_code == 204
    assert sender.done().status_code == 303


def test_from_the_code_to_the_slip_and_every_invariant_holds(come, station):
    sender = come("示例一小")
    hand_in(sender)
    assert "已经交齐，盒子正在收" in sender.client.get("/hand-in").get_data(as_text=True)
    once(station)
    text = sender.client.get("/hand-in").get_data(as_text=True)
    assert [word in text for word in ("第 1 号", "360731-00001", "分数的初步认识", "检查完毕")] == [True] * 4
    slip = sender.client.get("/hand-in/slips/1").get_data(as_text=True)
    assert "分数的初步认识" in slip and "示例一小" in slip
    invariants.check(station)


def test_the_living_part_is_sent_only_when_it_changed(come):
    sender = come("示例一小")
    seen = re.search(r'id="seen" name="seen" value="(\w+)"', sender.client.get("/hand-in").get_data(as_text=True))
    assert sender.client.get(f"/hand-in/live?seen={seen[1]}").status_code == 204
    hand_in(sender)
    assert sender.client.get(f"/hand-in/live?seen={seen[1]}").status_code == 200


def test_the_same_folder_again_is_told_as_received_with_the_old_number(come, station):
    sender = come("示例一小")
    hand_in(sender)
    once(station)
    hand_in(sender)
    once(station)
    assert "与第 1 号内容相同，不用再交" in sender.client.get("/hand-in").get_data(as_text=True)
    assert [row["receipt"] for row in deliveries.find(station.catalog().db)] == ["360731-00001"] * 2


def test_nothing_of_another_school_is_shown(come, station):
    first, second = come("示例一小"), come("示例二小")
    hand_in(first)
    once(station)
    text = second.client.get("/hand-in").get_data(as_text=True)
    assert ("分数的初步认识" in text, "第 1 号" in text) == (False, False)
    assert second.client.get("/hand-in/slips/1").status_code == 404


def test_whoever_writes_another_schools_lesson_into_a_form_reads_nothing_about_it(come, station):
    first, second = come("示例一小"), come("示例二小")
    hand_in(first)
    once(station)
    lesson = next(station.catalog().db.query("select * from lesson"))
    claimed = {
        "files": [{"name": "别的.txt", "role": "task_sheet", "sha256": hashlib.sha256(b"other").hexdigest(), "size": 5}]
    }
    claimed |= {name: lesson[name] for name in ("title", "teacher", "school", "category", "stage", "subject", "grade")}
    papers = json.dumps({"format": "lessonbox-manifest", "version": 1, "lessons": [claimed]}).encode()
    address = second.create("课/提交单.json", len(papers)).headers["Location"]
    second.piece(address, 0, papers)
    hand_in(second, "课/别的.txt", b"other")
    once(station)
    text = second.client.get("/hand-in").get_data(as_text=True)
    assert "这节课是“示例二小”用自己的交件码交的，里面写的学校是“示例一小”" in text
    assert LESSON.rpartition("/")[2] not in text
    rows = station.catalog().db.query("select no, school from lesson order by no")
    assert [(row["no"], row["school"]) for row in rows] == [(1, "示例一小"), (2, "示例二小")]
    assert (
        next(station.catalog().db.query("select revision from lesson where no = 1"))["revision"] == lesson["revision"]
    )


def test_before_every_file_is_whole_the_button_says_why_not(come):
    sender = come("示例一小")
    assert "还没有传文件" in sender.done().get_data(as_text=True)
    sender.create(LESSON, 8)
    answer = sender.done()
    assert (answer.status_code, "还有 1 个文件没有传完" in answer.get_data(as_text=True)) == (409, True)
