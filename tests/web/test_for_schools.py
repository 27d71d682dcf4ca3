"""学校打包器 and 模板: schools open them without signing in, and take files that are no pages of the box."""

from __future__ import annotations

from urllib.parse import unquote

import pytest

from appliance import packer
from appliance.reports.blanks import blanks, docx
from appliance.rules.load import load
from tests.conftest import make_station
from tests.web import browser
from tests.web.conftest import Visitor
from tests.web.test_browser import AXE, SMALL, chromium  # noqa: F401
from web import create_app
from web.pages import PAGES


def kept(answer) -> str:
    """The name under which a browser keeps it."""
    return unquote(answer.headers["Content-Disposition"].removeprefix("attachment; filename*=UTF-8''"))


@pytest.mark.parametrize("role", ["", "clerk"])
def test_the_packer_is_taken_as_a_file_with_or_without_signing_in(visitor, role) -> None:
    someone = visitor(role)
    assert "/packer/file" in someone.get("/packer").get_data(as_text=True)
    answer = someone.get("/packer/file")
    assert (answer.status_code, kept(answer)) == (200, packer.NAME)
    assert answer.get_data(as_text=True) == packer.page(load("2024"))
    assert "unsafe" not in answer.headers["Content-Security-Policy"]


@pytest.mark.clause("A3")
def test_each_blank_is_listed_and_taken_without_signing_in(visitor) -> None:
    someone = visitor()
    listed = someone.get("/templates").get_data(as_text=True)
    for blank in blanks(load("2024")):
        assert f"/templates/{blank.id}" in listed
        answer = someone.get(f"/templates/{blank.id}")
        assert (kept(answer), answer.get_data()) == (blank.name, docx(blank))
    assert visitor("clerk").get("/templates/nothing").status_code == 404


def test_before_the_first_user_exists_even_these_lead_to_the_setup(tmp_path) -> None:
    fresh = Visitor(create_app(make_station(tmp_path / "new")).test_client())
    assert [fresh.get(path).location for path in ("/packer", "/templates")] == ["/setup"] * 2


PUBLIC = [page.path for page in PAGES if not page.roles and page.name != "setup"]


@pytest.mark.browser
@pytest.mark.parametrize("size", browser.SIZES)
def test_the_pages_that_need_no_account_ask_nobody_else_fit_and_are_clean_under_axe(chromium, served, size) -> None:  # noqa: F811
    with browser.opened(chromium, served, browser.SIZES[size], bypass_csp=True) as (page, wrong):
        for path in PUBLIC:
            page.goto(path)
            assert page.evaluate("document.documentElement.scrollWidth") <= browser.SIZES[size][0]
            assert page.evaluate(SMALL) == [], path
            page.evaluate(AXE)
            said = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
            assert [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in said["violations"]] == []
        assert wrong == []
