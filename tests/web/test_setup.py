"""首次设置: on the box's own screen and from the office, of a box with and without a name."""

from __future__ import annotations

import json

import pytest

from appliance.box.first import steps
from appliance.catalog import users
from appliance.station import Station, create
from tests.web.conftest import Visitor
from web import create_app, secret

OFFICE = {"REMOTE_ADDR": "192.168.1.7"}
PERSON = {"name": "技术员甲", "password": "long enough", "again": "long enough"}
NAME = {"level": "county", "station": "示例县教育局", "code_of_station": "360731"}


@pytest.fixture
def new(tmp_path) -> Station:
    return create(tmp_path / "new", *steps.UNNAMED)


def test_the_code_stands_on_the_boxs_own_screen_and_on_no_other(new):
    client = create_app(new).test_client()
    code = secret.setup_code(new.home)
    seen = [client.get("/setup", environ_overrides=more).get_data(as_text=True) for more in ({}, OFFICE)]
    assert [code in text for text in seen] == [True, False]


def test_a_box_without_a_name_is_named_and_gets_its_technician(new):
    visitor = Visitor(create_app(new).test_client())
    quiet = (new.home / "station.toml").read_text() + "quiet_seconds = 9.0\n"
    (new.home / "station.toml").write_text(quiet)
    visitor = Visitor(create_app(Station.open(new.home)).test_client())
    answer = visitor.post("/setup", "/setup", code=secret.setup_code(new.home), **PERSON, **NAME)
    assert answer.location == "/users"
    settings = Station.open(new.home).settings
    assert (settings.level, settings.name, settings.code) == ("county", "示例县教育局", "360731")
    assert settings.quiet_seconds == 9.0
    assert "示例县教育局" in visitor.get("/users").get_data(as_text=True)


@pytest.mark.parametrize(
    "wrong, says",
    [({"code_of_station": "000000"}, "站点代码"), ({"station": ""}, "站点名"), ({"level": "village"}, "级别")],
    ids=["code", "name", "level"],
)
def test_a_wrong_name_makes_neither_a_station_nor_a_user(new, wrong, says):
    visitor = Visitor(create_app(new).test_client())
    answer = visitor.post("/setup", "/setup", code=secret.setup_code(new.home), **PERSON, **(NAME | wrong))
    assert answer.status_code == 400 and says in answer.get_data(as_text=True)
    assert Station.open(new.home).settings.unnamed and not users.any_exists(new.catalog().db)


def test_nobody_names_a_box_without_its_code(new):
    visitor = Visitor(create_app(new).test_client())
    assert visitor.post("/setup", "/setup", code="2222-2222", **PERSON, **NAME).status_code == 400
    assert Station.open(new.home).settings.unnamed


def test_a_box_that_a_file_has_named_asks_for_no_name(station):
    page = create_app(station).test_client().get("/setup").get_data(as_text=True)
    assert "station" not in page.split("<form", 1)[1]


def test_what_was_wrong_with_the_file_is_told_line_by_line(new):
    told = [{"line": 3, "says": "<b>站点代码</b>不对"}]
    (new.home / "run/first-setup.json").write_text(json.dumps(told))
    page = create_app(new).test_client().get("/setup").get_data(as_text=True)
    assert "第 3 行：&lt;b&gt;站点代码" in page
