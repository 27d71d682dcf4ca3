"""What the steps of the season hand on."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from playwright.sync_api import sync_playwright

from tests.e2e.season import county as office_of
from tests.web import browser


@pytest.fixture(scope="module")
def season(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimpleNamespace]:
    """What the steps hand on: the county, the sessions by room, the tablets by judge, the chosen lessons."""
    place = tmp_path_factory.mktemp("season")
    with sync_playwright() as playwright:
        made = SimpleNamespace(county=office_of.furnished(place / "county"), place=place, playwright=playwright)
        made.chromium = browser.launch(playwright)
        made.sessions, made.tablets, made.chosen = {}, {}, []
        yield made
        for tablet in made.tablets.values():
            tablet.context.close()
        made.chromium.close()
        made.county.box.stop()
