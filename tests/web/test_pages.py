"""Over the PAGES table and every role: what is shown, to whom, with which headers."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from appliance.catalog.users import ROLES
from tests.web import office
from tests.web.conftest import Visitor
from web import create_app
from web.pages import PAGES, Page

PAGES_BEHIND_LOGIN = [page for page in PAGES if page.roles]


class Tags(HTMLParser):
    """(tag, its attributes) in order, as a browser takes them: escaped text is no tag."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, {name: value or "" for name, value in attrs}))


def address(page: Page) -> str:
    return page.path.replace("<int:no>", "1")


@pytest.fixture(scope="module")
def people(furnished) -> dict[str, Visitor]:
    app = create_app(furnished)
    visitors = {role: Visitor(app.test_client()) for role in ("", *ROLES)}
    for role, name in office.USERS.items():
        assert visitors[role].sign_in(name).status_code == 303
    return visitors


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("row", PAGES_BEHIND_LOGIN, ids=lambda row: row.name)
@pytest.mark.fault("H15")
def test_a_page_opens_for_its_roles_and_is_refused_to_others(people, row, role):
    answer = people[role].get(address(row))
    assert answer.status_code == (200 if role in row.roles else 403)
    text = answer.get_data(as_text=True)
    assert '<html lang="zh-CN"' in text
    assert (f"<title>{row.title} · 示例县教育局</title>" in text) == (role in row.roles)
    assert re.search(r"<h1[^>]*>[^<]*[\u4e00-\u9fff]|<h1[^>]*><bdi>", text)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("row", PAGES_BEHIND_LOGIN, ids=lambda row: row.name)
@pytest.mark.fault("H6")
def test_no_page_carries_inline_script_or_style_or_a_foreign_address(people, row, role):
    answer = people[role].get(address(row))
    tags = Tags(answer.get_data(as_text=True)).found
    assert [tag for tag, names in tags if tag == "style" or (tag == "script" and "src" not in names)] == []
    assert [name for _, names in tags for name in names if name == "style" or name.startswith("on")] == []
    addresses = [names[name] for _, names in tags for name in ("href", "src", "action") if name in names]
    assert [url for url in addresses if not url.startswith(("/", "#")) or url.startswith("//")] == []
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'self';") and "unsafe" not in policy
    assert (answer.headers["X-Content-Type-Options"], answer.headers["Cache-Control"]) == ("nosniff", "no-store")


@pytest.mark.parametrize("row", PAGES_BEHIND_LOGIN, ids=lambda row: row.name)
def test_whoever_has_not_signed_in_is_led_to_the_login(people, row):
    answer = people[""].get(address(row))
    assert (answer.status_code, answer.location.split("?")[0]) == (303, "/login")


def test_the_first_setup_is_gone_once_there_is_a_user(people):
    assert [people[role].get("/setup").status_code for role in ("", "technician")] == [404, 404]


@pytest.mark.parametrize("path", ["/deliveries/1/slip", "/desk/live"])
def test_parts_and_papers_obey_the_same_policy(people, path):
    answer = people["clerk"].get(path)
    assert answer.status_code == 200
    assert "unsafe" not in answer.headers["Content-Security-Policy"]


def test_health_answers_without_signing_in(people):
    answer = people[""].get("/health")
    assert answer.status_code == 200
    assert answer.json == {"ok": True, "catalog": True, "web": True, "watch": False, "courier": False}


@pytest.mark.parametrize(
    ("path", "status", "what"),
    [
        ("/lessons/999", 404, "没有第 999 号课例"),
        ("/deliveries/999", 404, "没有第 999 号投递"),
        ("/receipts/999", 404, "没有这一页"),
        ("/nothing", 404, "没有这一页"),
        ("/lessons/..%2f..%2fetc/passwd", 404, "没有这一页"),
        ("/users", 403, "您的角色不能看这一页"),
    ],
)
def test_an_error_page_says_what_happened_what_it_affects_and_what_to_do(people, path, status, what):
    answer = people["clerk"].get(path)
    text = answer.get_data(as_text=True)
    assert answer.status_code == status
    assert [word in text for word in (what, "出了什么事", "影响什么", "现在怎么办")] == [True] * 4
