"""Every route × every role, generated from the addresses of the app and the PAGES table: who may not, does not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from werkzeug.routing import Rule

from appliance import judge_codes
from appliance.catalog import panels
from appliance.catalog.users import ROLES
from tests.web import office
from tests.web.conftest import Visitor
from web import create_app
from web.pages import BY_NAME

NOWHERE = {"no": 10**9, "lesson": 10**9, "seat": 10**9, "entry": 10**9, "id": 10**9}
FAR = 10**30


def addresses(app, number: int) -> Iterator[tuple[str, str, str]]:
    """(page, method, address) of every route that belongs to a page behind a login."""
    for rule in app.url_map.iter_rules():
        page = BY_NAME.get(rule.endpoint.partition(".")[0])
        if page and page.roles:
            for method in sorted(rule.methods & {"GET", "POST"}):
                yield page.name, method, filled(rule, number)


def filled(rule: Rule, number: int) -> str:
    path = rule.rule
    for name, converter in rule._converters.items():
        value = str(number) if converter.__class__.__name__ == "Number" else "x"
        path = path.replace(f"<int:{name}>", value).replace(f"<{name}>", value)
        path = path.replace(f"<path:{name}>", value).replace(f"<string:{name}>", value)
    return path


@pytest.fixture(scope="module")
def people(tmp_path_factory) -> dict[str, Visitor]:
    """Nobody, a judge, and one of every role. Forms are taken without their token: here the role alone must refuse."""
    from tests.conftest import make_station

    station = make_station(tmp_path_factory.mktemp("strangers") / "county")
    office.furnish(station)
    app = create_app(station)
    app.config["WTF_CSRF_ENABLED"] = False
    found = {name: Visitor(app.test_client()) for name in ("", "judge", *ROLES)}
    for role, name in office.USERS.items():
        found[role].client.post("/login", data={"name": name, "password": office.PASSWORD})
    catalog = station.catalog()
    judge = panels.everybody_of(catalog.db, 1)[1]["name"]
    found["judge"].client.post("/judge/enter", data={"code": judge_codes.make(catalog, judge, "审批甲").code})
    assert found["judge"].get("/judge").status_code == 200
    return found


@pytest.mark.parametrize("who", ["", "judge", *ROLES], ids=lambda who: who or "nobody")
def test_no_route_answers_somebody_whose_role_is_not_in_its_row(people, who: str) -> None:
    app = people[""].client.application
    wrong = []
    for page, method, path in addresses(app, 1):
        if who in BY_NAME[page].roles:
            continue
        answer = people[who].client.open(path, method=method)
        led_away = answer.status_code == 303 and answer.location.startswith("/login")
        if answer.status_code != 403 and not (led_away and who not in ROLES):
            wrong.append((method, path, answer.status_code))
    assert wrong == []


@pytest.mark.parametrize("number", [10**9, FAR], ids=["no such row", "no such number"])
def test_what_is_not_there_is_said_so_and_never_breaks_the_box(people, number: int) -> None:
    app = people[""].client.application
    broken, seen = [], 0
    for page, method, path in addresses(app, number):
        if str(number) not in path:
            continue
        role = sorted(BY_NAME[page].roles)[0]
        status = people[role].client.open(path, method=method).status_code
        seen += 1
        if status not in (303, 400, 403, 404, 405, 409):
            broken.append((method, path, status))
    assert (broken, seen > 40) == ([], True)


@pytest.mark.parametrize("method,path", [
    ("GET", "/judge/1/2"), ("POST", "/judge/1/2/touch"), ("POST", "/judge/1/2/submit"), ("POST", "/judge/1/2/recuse"),
    ("POST", "/judge/1/declare"), ("GET", "/judge/beat"),
])  # fmt: skip
@pytest.mark.parametrize("who", ["", *ROLES], ids=lambda who: who or "nobody")
def test_a_judges_sheet_answers_nobody_but_a_judge_who_has_entered(people, who: str, method: str, path: str) -> None:
    body = {"client": "x", "number": 1, "items": {"1": "1"}, "comment": ""}
    more = {"data": {"sure": "yes"}} if path.endswith("declare") else {"json": body} if method == "POST" else {}
    assert people[who].client.open(path, method=method, **more).status_code == 403
