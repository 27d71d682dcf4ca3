"""The menu: grouped by the work of the day, for each role what it may open, every page few touches away."""

from __future__ import annotations

import re

import pytest

from appliance.catalog.users import ROLES
from tests.web import office
from tests.web.conftest import Visitor
from web import create_app
from web.pages import BY_NAME, GROUPS, PAGES, menu_for

PLACES = {page.name for page in PAGES if page.menu}  # pages with an address of their own; the others are about a thing
OUTSIDE_THE_MENU = {"login", "setup", "screen"}


@pytest.fixture(scope="module")
def people(furnished) -> dict[str, Visitor]:
    app = create_app(furnished)
    visitors = {role: Visitor(app.test_client()) for role in ("", *ROLES)}
    for role, name in office.USERS.items():
        assert visitors[role].sign_in(name).status_code == 303
    return visitors


def lines(html: str) -> list[list[str]]:
    """The words of each line of the menu."""
    found = re.findall(r'<ul class="menu[^>]*>(.*?)</ul>', html, re.S)
    return [re.findall(r">([^<>]+)</a>", one) for one in found]


@pytest.mark.parametrize("role", ROLES)
def test_the_menu_shows_the_groups_of_the_role_and_the_places_of_the_group_where_one_is(people, role):
    groups = menu_for(role)
    for group, rows in groups:
        html = people[role].get(rows[0].path).get_data(as_text=True)
        assert lines(html) == [[each.name for each, _ in groups], [page.title for page in rows]], group.name
        assert html.count('aria-current="page"') == 1


@pytest.mark.parametrize("role", ROLES)
def test_the_menu_holds_exactly_the_places_that_the_role_may_open(role):
    shown = {page.name for _, rows in menu_for(role) for page in rows}
    assert shown == {page.name for page in PAGES if page.menu and (not page.roles or role in page.roles)}


def test_a_visitor_sees_what_is_meant_for_everybody_and_a_judge_nothing_beside_the_sheets(people):
    html = people[""].get("/showcase").get_data(as_text=True)
    assert lines(html) == [[page.title for page in PAGES if page.menu and not page.roles]]
    assert lines(people[""].get("/judge").get_data(as_text=True)) == []


def test_every_page_belongs_to_a_group(people):
    assert {page.name for page in PAGES if page.group not in {group.name for group in GROUPS}} == OUTSIDE_THE_MENU


def touches(visitor: Visitor, deepest: int) -> dict[str, int]:
    """{page: how many touches from the desk}, by the links that a page really has."""
    adapter = visitor.client.application.url_map.bind("")
    far, edge = {"desk": 0}, ["/"]
    for step in range(1, deepest + 1):
        found = {link for path in edge for link in links(visitor, path)}
        edge = []
        for link in sorted(found):
            name = adapter.match(link)[0].partition(".")[0]
            if name in BY_NAME and name not in far:
                far[name] = step
                edge.append(link)
    return far


def links(visitor: Visitor, path: str) -> set[str]:
    html = visitor.get(path).get_data(as_text=True)
    return {url for url in re.findall(r'<a\b[^>]*href="(/[^"?#]*)', html) if not url.startswith("/static")}


def test_every_place_is_at_most_two_touches_from_the_desk_for_somebody_and_every_thing_four(people):
    nearest: dict[str, int] = {}
    for role in ROLES:
        for name, steps in touches(people[role], 4).items():
            nearest[name] = min(steps, nearest.get(name, steps))
    assert {name for name in PLACES | {"account"} if nearest.get(name, 9) > 2} == set()
    assert {page.name for page in PAGES if page.name not in nearest} == OUTSIDE_THE_MENU
