"""交件码: made and shown once, kept as a hash, refused when wrong, printed with the way to the box."""

from __future__ import annotations

import json
import re

import pytest

from appliance import school_codes
from appliance.catalog import school_codes as codes
from appliance.cli import main
from appliance.errors import NotAllowed, WrongUse
from appliance.station import Station
from tests.web.conftest import Visitor
from tests.web.schools import LESSON, Sender, enrol, open_station
from web import create_app
from web.pages import school_codes as school_codes_page


@pytest.fixture
def station(tmp_path):
    return open_station(tmp_path / "county")


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
