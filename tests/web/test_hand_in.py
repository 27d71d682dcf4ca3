"""投递 and 交件码: who gets in, what a school sees, and that it is its own."""

from __future__ import annotations

import hashlib
import json
import re

import pytest

from appliance import school_codes
from appliance.catalog import deliveries
from appliance.catalog import school_codes as codes
from appliance.cli import main
from appliance.commands.watch import once
from appliance.errors import NotAllowed, WrongUse
from appliance.station import Station
from tests import invariants
from tests.web.conftest import Visitor
from tests.web.schools import Sender, enrol, open_station
from web import create_app
from web.pages import school_codes as school_codes_page

LESSON = "三年级数学《分数的初步认识》教师甲/教学设计.txt"


@pytest.fixture
def station(tmp_path):
    return open_station(tmp_path / "county")


@pytest.fixture
def come(station):
    """`come("示例一小")`: somebody with this school's code."""
    app = create_app(station)

    def school(name: str) -> Sender:
        sender = Sender(app.test_client(), school=name)
        assert sender.enter(enrol(station, name)).status_code == 303
        return sender

    return school


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


@pytest.mark.parametrize("typed", ["1-K7QM-4HXP-9TWD", "1k7qm4hxp9twd", " １ Ｋ7QM 4HXP 9TWD "])
def test_a_code_is_taken_however_its_groups_are_set_apart(station, typed):
    sender = Sender(create_app(station).test_client())
    enrol(station, "示例一小")
    assert sender.enter(typed).status_code == 303


@pytest.mark.parametrize(
    "typed", ["", "1", "1-K7QM-4HXP-9TWE", "2-K7QM-4HXP-9TWD", "9" * 200, "1' or 1=1", "١-K7QM-4HXP-9TWD"]
)
def test_a_wrong_code_is_refused_in_the_same_words(station, typed):
    sender = Sender(create_app(station).test_client())
    enrol(station, "示例一小")
    answer = sender.enter(typed)
    assert (answer.status_code, "交件码不对" in answer.get_data(as_text=True)) == (401, True)
    assert sender.client.get("/hand-in/files.json").status_code == 403


def test_five_wrong_codes_pause_this_school_and_no_other(station):
    sender = Sender(create_app(station).test_client())
    codes_ = [enrol(station, "示例一小"), enrol(station, "示例二小")]
    wrong = [sender.enter("1-2222-2222-2222").get_data(as_text=True) for _ in range(6)]
    assert ["暂停进入" in text for text in wrong] == [False] * 5 + [True]
    assert [sender.enter(code).status_code for code in codes_] == [401, 303]


def test_a_revoked_or_replaced_code_ends_what_was_signed_in_by_it(come, station):
    sender = come("示例一小")
    address = sender.create(LESSON, 4).headers["Location"]
    catalog = station.catalog()
    with catalog.writing() as db:
        codes.revoke(db, "示例一小")
    assert sender.piece(address, 0, b"plan").status_code == 403
    with pytest.raises(NotAllowed, match="交件码不对"):
        school_codes.enter(catalog, "1-K7QM-4HXP-9TWD")
    made = school_codes.make(station, catalog, "示例一小", "经办甲")
    assert school_codes.enter(catalog, made.code)["school"] == "示例一小"
    assert sender.client.get("/hand-in/files.json").status_code == 403


def test_a_code_is_kept_only_as_a_hash(station):
    catalog = station.catalog()
    made = school_codes.make(station, catalog, "示例一小", "经办甲")
    secret = made.code.partition("-")[2].replace("-", "")
    catalog.db.execute("pragma wal_checkpoint(truncate)")
    raw = (station.home / "catalog.db").read_bytes()
    assert (secret.encode() in raw, made.code.encode() in raw, b"$argon2id$" in raw) == (False, False, True)


@pytest.mark.parametrize("name", ["", " ", "../一小", "a/b", ".hidden", "x" * 61, "con:1", "一\n小\x00"])
def test_a_name_that_can_be_no_folder_gets_no_code(name):
    with pytest.raises(WrongUse):
        school_codes.usable_name(name)


def test_the_clerk_makes_codes_and_sees_each_once(visitor, office_station):
    clerk = visitor("clerk")
    paper = clerk.post("/school-codes", "/school-codes", schools="示例一小\n 示例二小 \n\n示例一小").get_data(
        as_text=True
    )
    shown = re.findall(r"\b\d+(?:-[2-9A-Z]{4}){3}\b", paper)
    assert [code[0] for code in shown] == ["1", "2"]
    assert not any(code in clerk.get("/school-codes").get_data(as_text=True) for code in shown)
    assert school_codes.enter(office_station.catalog(), shown[1])["school"] == "示例二小"
    clerk.post("/school-codes/2/revoke", "/school-codes")
    with pytest.raises(NotAllowed):
        school_codes.enter(office_station.catalog(), shown[1])


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("box.lan:8080", "http://box.lan:8080/hand-in"), ("192.168.1.9", "http://192.168.1.9/hand-in"),
        ("127.0.0.1:8080", ""), ("[::1]:8080", ""), ("localhost", ""),
    ],
)  # fmt: skip
def test_the_paper_bears_the_address_under_which_it_was_asked_for(station, host, address, without_network):
    with create_app(station).test_request_context("/school-codes", headers={"Host": host}):
        assert school_codes_page.address() == address


def test_the_paper_tells_the_way_to_the_share_where_there_is_one(visitor, office_station, without_network):
    settings = office_station.home / "station.toml"
    assert "共享文件夹" not in visitor("clerk").post("/school-codes", "/school-codes", schools="示例一小").text
    settings.write_text(settings.read_text() + "share_port = 445\n")
    clerk = Visitor(create_app(Station.open(office_station.home)).test_client())
    clerk.sign_in("经办甲")
    paper = clerk.post("/school-codes", "/school-codes", schools="示例一小").text
    assert [word in paper for word in ("盒子的地址\\示例一小", "school1")] == [True, True]


def test_codes_by_command(station, capsys):
    def answer(*words: object):
        assert main(["school", *map(str, words), "--home", str(station.home), "--json"]) == 0
        return json.loads(capsys.readouterr().out)

    made = answer("code", "示例一小")["codes"]
    assert [each["school"] for each in made] == ["示例一小"]
    assert school_codes.enter(station.catalog(), made[0]["code"])["id"] == 1
    answer("allow", "示例一小", "--gb", 2)
    answer("revoke", "示例一小")
    (row,) = answer("list")["schools"]
    assert (row["school"], row["revoked"], row["bytes"]) == ("示例一小", 1, 2_000_000_000)
    assert main(["school", "revoke", "没有的学校", "--home", str(station.home)]) == 11
