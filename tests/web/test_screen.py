"""待机 and the box's own screen, in process: who gets it, what it shows to anybody, what it never does."""

from __future__ import annotations

import pytest

from appliance.catalog import drops, due, pages
from web.own_screen import COOKIE

LAN = {"REMOTE_ADDR": "192.168.7.20"}


def test_only_the_boxs_own_screen_gets_the_keyboard_and_the_rest(visitor):
    laptop, screen = visitor("clerk"), visitor()
    assert "keyboard.js" not in laptop.get("/help").get_data(as_text=True)
    assert "keyboard.js" in screen.get("/screen").get_data(as_text=True)
    screen.sign_in("经办甲")
    assert "keyboard.js" in screen.get("/help").get_data(as_text=True)


@pytest.mark.parametrize("path", ["/screen", "/screen/live", "/screen/keys?typed=a"])
def test_another_machine_cannot_open_it_nor_claim_to_be_the_screen(visitor, path):
    far = visitor("clerk")
    far.client.set_cookie(COOKIE, "1", domain="localhost")
    assert far.get(path, environ_overrides=LAN).status_code == 404
    forwarded = {"X-Forwarded-For": "127.0.0.1", "Forwarded": "for=127.0.0.1"}
    assert far.get(path, environ_overrides=LAN, headers=forwarded).status_code == 404
    assert "keyboard.js" not in far.get("/help", environ_overrides=LAN).get_data(as_text=True)


def test_the_rest_says_what_the_box_does_and_what_is_due_but_names_nobody(visitor):
    text = visitor().get("/screen").get_data(as_text=True)
    for said in ("正在复制，勿拔", "42%", "待人工", "待审批", "退回补正"):
        assert said in text
    for name in ("示例第一小学", "示例中心校", "教师甲", "教师𬱖", "微课视频.mp4", "分数的初步认识"):
        assert name not in text


def test_the_rest_tells_when_the_stick_may_be_pulled_and_when_something_is_wrong(visitor, office_station):
    catalog = office_station.catalog()
    with catalog.writing() as db:
        for drop in db["drop_"].rows:
            drops.vanish(db, drop["id"], "")
            pages.mark_read(db, drop["id"], drops.get(db, drop["id"])["updated_at"])
        done = drops.appear(db, "usb", "sample-9", "U盘", "/media/x", "")
        drops.tell(db, done, {"state": "done"})
    catalog.close()
    assert "可以拔出" in visitor().get("/screen/live").get_data(as_text=True)


def test_a_clock_that_nobody_checked_is_said(visitor):
    assert "时间未核对" in visitor().get("/screen/live").get_data(as_text=True)  # no time service runs beside the tests


def test_what_is_due_are_counts(furnished):
    catalog = furnished.catalog()
    assert due.due(catalog.db) == due.Due(person=1, approval=1, returned=1, last_days=("2024-09-27",))
    catalog.close()


def test_names_of_the_rosters_are_offered_only_to_who_has_signed_in(visitor):
    screen = visitor()
    ask = "/screen/keys?typed=&field=school"
    assert screen.get(ask).json["names"] == []
    screen.sign_in("经办甲")
    assert screen.get(ask).json["names"] == ["示例第0小学", "示例第1小学", "示例第2小学"]


def test_leaving_signs_out_and_needs_the_token_of_the_page(visitor):
    screen = visitor()
    screen.get("/screen")
    screen.sign_in("经办甲")
    assert screen.client.post("/screen/leave").status_code == 400
    assert screen.get("/help").status_code == 200
    assert screen.post("/screen/leave").location == "/screen"
    assert screen.get("/").location == "/login"


def test_where_nothing_can_be_printed_no_button_leads_into_a_dead_end(visitor):
    """The screen's browser may not print: a slip opened there would have no way back."""
    screen, laptop = visitor("clerk"), visitor("clerk")
    screen.get("/screen")
    for path, button in (("/deliveries/4", "/deliveries/4/slip"), ("/missing", "data-print")):
        assert [button in one.get(path).get_data(as_text=True) for one in (screen, laptop)] == [False, True]
    refused = screen.get("/deliveries/4/slip").get_data(as_text=True)
    assert ("盒子的屏幕上打不了 A4" in refused, 'aria-label="主菜单"' in refused) == (True, True)
    made = screen.post("/school-codes", "/school-codes", schools="示例第九小学").get_data(as_text=True)
    assert ("盒子的屏幕上打不了纸" in made, 'id="print"' in made) == (True, False)


def test_before_the_first_user_the_screen_leads_to_the_setup_and_is_known_there(tmp_path):
    from tests.conftest import make_station
    from web import create_app

    client = create_app(make_station(tmp_path / "new")).test_client()
    assert client.get("/screen").location == "/setup"
    assert "keyboard.js" in client.get("/setup").get_data(as_text=True)
