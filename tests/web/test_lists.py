"""A page with 300 rows asks the catalog as often as one with a single row."""

from __future__ import annotations

import pytest

from tests.conftest import make_station
from tests.web import office
from tests.web.conftest import Visitor, queries
from web import create_app

ROWS = {"few": 4, "many": 300}
LISTS = {
    "/": "approver", "/deliveries": "clerk", "/search": "clerk", "/search?q=分数": "clerk", "/approvals": "approver",
    "/upstream": "approver", "/journal": "technician", "/users": "technician", "/deliveries/1": "clerk",
    "/missing": "clerk", "/missing?only=lacking&category=subject": "clerk", "/rules": "technician",
}  # fmt: skip


@pytest.fixture(scope="module")
def apps(tmp_path_factory):
    found = {}
    for label, rows in ROWS.items():
        station = make_station(tmp_path_factory.mktemp(label) / "county")
        office.furnish(station, rows)
        found[label] = create_app(station)
    return found


@pytest.mark.parametrize("path", LISTS)
def test_a_list_of_300_costs_as_many_queries_as_a_short_one(apps, counted, path):
    asked = {}
    for label, app in apps.items():
        visitor = Visitor(app.test_client())
        visitor.sign_in(office.USERS[LISTS[path]])
        counted.clear()
        assert visitor.get(path).status_code == 200
        asked[label] = len(queries(counted))
    assert asked["many"] == asked["few"] <= 15


def test_pages_of_a_long_list_hold_fifty_and_meet_without_a_gap(apps):
    visitor = Visitor(apps["many"].test_client())
    visitor.sign_in("经办甲")
    numbers = []
    for page in range(1, 8):
        text = visitor.get(f"/search?page={page}").get_data(as_text=True)
        numbers.append(text.count('<a class="row"'))
    assert numbers == [50] * 6 + [0]
    assert "共有 300 节课例" in text


@pytest.mark.parametrize("number", ["0", "-1", "x", "9999999999", "1e3", "٣"])
def test_a_page_number_that_is_none_is_the_first_or_an_empty_one(apps, number):
    visitor = Visitor(apps["few"].test_client())
    visitor.sign_in("经办甲")
    assert visitor.get(f"/search?page={number}").status_code == 200
