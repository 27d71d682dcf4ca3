"""Signing in, and what is refused before anybody looks at it (H13)."""

from __future__ import annotations

import os
import stat

import pytest

from appliance.catalog import users
from tests.web import office
from tests.web.conftest import Visitor, make_station
from web import create_app, secret
from web.auth import safe_target
from web.security import trusted


def test_every_page_of_a_new_box_leads_to_the_first_setup(tmp_path):
    visitor = Visitor(create_app(make_station(tmp_path / "new")).test_client())
    answers = [visitor.get(path) for path in ("/", "/login", "/users", "/search")]
    assert {(answer.status_code, answer.location) for answer in answers} == {(303, "/setup")}


def test_the_setup_code_makes_the_first_technician_once(tmp_path):
    station = make_station(tmp_path / "new")
    app = create_app(station)
    form = {"name": "技术员甲", "password": "long enough", "again": "long enough"}
    stranger, owner = Visitor(app.test_client()), Visitor(app.test_client())
    assert stranger.post("/setup", "/setup", code="2222-2222", **form).status_code == 400
    code = secret.setup_code(station.home)
    assert owner.post("/setup", "/setup", code=code.lower().replace("-", " "), **form).location == "/users"
    assert owner.get("/users").status_code == 200
    assert [(row["name"], row["role"]) for row in users.everyone(station.catalog().db)] == [("技术员甲", "technician")]
    assert not (station.home / "run" / "setup-code").exists()
    assert stranger.post("/setup", "/login", code=code, **form).status_code == 404


def test_secrets_are_readable_by_the_box_alone(tmp_path):
    station = make_station(tmp_path / "new")
    secret.session_key(station.home), secret.setup_code(station.home)
    modes = [stat.S_IMODE(os.stat(station.home / name).st_mode) for name in ("secret/session", "run/setup-code")]
    assert modes == [0o600, 0o600]


def test_five_wrong_passwords_lock_for_some_minutes_and_say_so(visitor, office_station):
    someone = visitor()
    texts = [someone.sign_in("经办甲", "wrong").get_data(as_text=True) for _ in range(5)]
    assert ["登录名或密码不对" in text for text in texts] == [True] * 5
    locked = someone.sign_in("经办甲").get_data(as_text=True)
    assert "密码连错 5 次，暂停登录" in locked and "5 分钟后再试" in locked
    assert someone.sign_in("审批甲").status_code == 303


def test_a_lock_ends_by_itself_and_by_a_new_password(visitor, office_station):
    catalog = office_station.catalog()
    catalog.db.execute("update user set locked_until = 1 where name = '经办甲'")
    assert visitor().sign_in("经办甲").status_code == 303
    catalog.db.execute("update user set locked_until = 9e12 where name = '经办甲'")
    assert visitor().sign_in("经办甲").status_code == 401
    users.set_password(catalog.db, "经办甲", office.cheap_hash())
    assert visitor().sign_in("经办甲").status_code == 303


def test_an_unknown_name_and_a_wrong_password_read_alike(visitor):
    texts = [visitor().sign_in(name, "wrong").get_data(as_text=True) for name in ("nobody", "经办甲")]
    assert ["登录名或密码不对" in text for text in texts] == [True, True]


@pytest.mark.fault("H13")
def test_signing_in_starts_a_new_session(visitor):
    someone = visitor()
    someone.get("/login")
    with someone.client.session_transaction() as session:
        session["planted"], before = "by a stranger", session["csrf_token"]
    someone.sign_in("经办甲")
    with someone.client.session_transaction() as session:
        assert ("planted" in session, session.get("csrf_token") == before) == (False, False)


def test_the_cookie_is_hidden_from_scripts_and_from_other_sites(visitor):
    cookie = visitor().sign_in("经办甲").headers["Set-Cookie"]
    assert ("HttpOnly" in cookie, "SameSite=Lax" in cookie) == (True, True)


def test_a_password_change_a_role_change_and_disabling_end_other_sessions(visitor, office_station):
    db = office_station.catalog().db
    for change in (
        lambda: users.set_password(db, "经办甲", office.cheap_hash()),
        lambda: users.set_role(db, "经办甲", "clerk"),
        lambda: users.set_disabled(db, "经办甲", True),
    ):
        someone = visitor("clerk")
        change()
        assert someone.get("/").status_code == 303
    assert visitor().sign_in("经办甲").status_code == 401


def test_a_polled_part_sends_the_whole_page_to_the_login(visitor):
    answer = visitor().get("/desk/live", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"].split("?")[0]) == (401, "/login")


@pytest.mark.parametrize("path", ["/login", "/logout", "/users", "/lessons/4/decide", "/doctor/backup", "/desk/read/1"])
@pytest.mark.fault("H13")
def test_a_form_without_the_token_is_refused(visitor, path):
    answer = visitor("technician").client.post(path, data={"name": "x", "kind": "approve"})
    assert answer.status_code == 400
    assert "不是从盒子自己的页面提交的" in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("target", "safe"),
    [
        ("/lessons/1", True), ("/search?q=x", True), ("//evil.example/", False), ("/\\evil.example", False),
        ("http://evil.example/", False), ("", False), (None, False), ("/\nx", False),
    ],
)  # fmt: skip
@pytest.mark.fault("H13")
def test_signing_in_leads_only_to_the_box_itself(app, target, safe):
    with app.test_request_context():
        assert safe_target(target) == (target if safe else "/")


@pytest.mark.parametrize(
    ("host", "ours"),
    [
        ("box.lan", True), ("box.lan:8080", True), ("BOX.local", True), ("192.168.1.20:8080", True), ("localhost", True),
        ("[fe80::1]:8080", True), ("示例", True), ("evil.example", False), ("box.lan.evil.example", False), ("", False),
        ("box.lan:x", False), ("lan", False), ("a/b.lan", False),
    ],
)  # fmt: skip
def test_only_names_of_a_local_network_are_answered(host, ours):
    assert trusted(host, {"localhost", "示例"}) == ours


@pytest.mark.fault("H13")
def test_a_foreign_host_gets_nothing_not_even_the_login(visitor):
    answer = visitor().get("/login", headers={"Host": "evil.example"})
    assert answer.status_code == 400


@pytest.mark.fault("H13")
def test_a_body_that_is_too_large_is_refused(visitor):
    someone = visitor("clerk")
    answer = someone.post("/lessons/1/waive", reason="x" * 400_000)
    assert (answer.status_code, "提交的内容太大" in answer.get_data(as_text=True)) == (413, True)


@pytest.mark.fault("H13")
def test_ten_thousand_form_fields_are_refused(visitor):
    someone = visitor("clerk")
    data = {f"f{n}": (None, "") for n in range(10_000)}
    answer = someone.client.post("/login", data=data, content_type="multipart/form-data")
    assert answer.status_code in (400, 413)
