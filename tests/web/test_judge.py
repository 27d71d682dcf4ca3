"""评委打分 in Chromium under a LAN name: offline, a killed browser, a restarted box; nothing that was touched is lost."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, sync_playwright

from appliance import judge_codes
from appliance.catalog import drafts, scores
from appliance.errors import NotAllowed
from appliance.station import Station
from tests.selection.sessions import JUDGES, opened
from tests.web import browser, office
from tests.web.boxes import Box
from tests.web.test_browser import AXE, PICTURES, SMALL

JUDGE = JUDGES[0]
SIZE = browser.SIZES["tall"]


def draft(box: Box, lesson: int = 1) -> dict[str, str]:
    found = drafts.newest(box.station.catalog().db, 1, JUDGE).get(lesson)
    return found["items"] if found else {}


@pytest.fixture
def box(station: Station) -> Iterator[Box]:
    catalog = station.catalog()
    with catalog.writing() as db:
        office.add_user(db, "组长甲", "approver")
    opened(catalog)
    made = Box(station)
    yield made
    made.stop()


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as made:
        yield made


def tablet(playwright: Playwright, box: Box, profile: Path) -> BrowserContext:
    """A browser with a profile on disk, as a tablet has."""
    return playwright.chromium.launch_persistent_context(
        str(profile), executable_path="/usr/bin/chromium", args=browser.ARGS, viewport={"width": 800, "height": 1280},
        locale="zh-CN", base_url=f"http://{browser.HOST}:{box.port}",
    )  # fmt: skip


def enter(box: Box, page: Page) -> None:
    code = judge_codes.make(box.station.catalog(), JUDGE, "组长甲").code
    page.goto("/judge")
    page.fill("input[name=code]", code.lower().replace("-", " "))
    page.click("button.large")
    page.check("input[name=sure]")
    page.click("text=交回避申明")


def press(page: Page, item: int, level: str) -> None:
    page.click(f".indicator[data-item='{item}'] .level:has-text('{level}')")


@pytest.mark.browser
def test_a_sheet_survives_a_dead_line_and_a_killed_browser(playwright: Playwright, box: Box, tmp_path: Path) -> None:
    context = tablet(playwright, box, tmp_path / "tablet")
    page = context.new_page()
    enter(box, page)
    page.goto("/judge/1/1")
    press(page, 1, "良好")
    page.wait_for_selector("#line:has-text('已存到盒子')")
    assert draft(box) == {"1": "8"}
    box.stop()
    press(page, 2, "一般")
    page.click(".indicator[data-item='2'] button[data-by='0.5']")
    page.wait_for_selector("#line:has-text('未连，已存本机')")
    context.close()
    assert draft(box) == {"1": "8"}
    box.start()
    context = tablet(playwright, box, tmp_path / "tablet")
    page = context.new_page()
    page.goto("/judge")
    page.wait_for_selector("text=已存本机 1 份")
    page.goto("/judge/1/1")
    page.wait_for_selector("#line:has-text('已存到盒子')")
    assert draft(box) == {"1": "8", "2": "7"}
    context.close()


@pytest.mark.browser
def test_a_sheet_is_submitted_once_whole_and_then_only_read(playwright: Playwright, box: Box, tmp_path: Path) -> None:
    context = tablet(playwright, box, tmp_path / "tablet")
    page = context.new_page()
    wrong: list[str] = []
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.on("console", lambda said: said.type == "error" and "409" not in said.text and wrong.append(said.text))
    enter(box, page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 800
    page.goto("/judge/1/1")
    for item in range(1, 8):
        press(page, item, "良好")
    page.click("text=交这份评分")
    assert "资源完整提交规范" in page.inner_text("#gaps")
    press(page, 8, "优秀")
    page.click("text=交这份评分")
    page.wait_for_selector("#gaps:has-text('要写评语')")
    page.fill("#comment", "资料齐全，格式对")
    page.screenshot(path=PICTURES / "judge-sheet.png", full_page=True)
    assert page.evaluate(SMALL) == []
    page.click("text=交这份评分")
    page.wait_for_selector("text=已交，不能再改")
    assert page.locator("text=交这份评分").count() == 0
    (score,) = scores.of_session(box.station.catalog().db, 1)
    assert (score["judge"], len(score["items"]), score["comment"]) == (JUDGE, 8, "资料齐全，格式对")
    page.goto("/judge")
    assert page.locator("text=已交").count() == 1
    assert wrong == []
    context.close()


@pytest.mark.browser
def test_two_tabs_on_one_sheet_lose_nothing(playwright: Playwright, box: Box, tmp_path: Path) -> None:
    context = tablet(playwright, box, tmp_path / "tablet")
    first = context.new_page()
    enter(box, first)
    first.goto("/judge/1/2")
    second = context.new_page()
    second.goto("/judge/1/2")
    press(first, 1, "良好")
    first.wait_for_selector("#line:has-text('已存到盒子')")
    press(second, 1, "一般")
    second.wait_for_selector("#line:has-text('已存到盒子')")
    kept = [json.loads(row["items"]) for row in box.station.catalog().db.query("select items from draft order by id")]
    assert kept == [{"1": "8"}, {"1": "6.5"}]
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("path", ["/judge", "/judge/1/1"])
def test_the_judges_pages_are_clean_under_axe(playwright: Playwright, box: Box, tmp_path: Path, path: str) -> None:
    context = tablet(playwright, box, tmp_path / "tablet")
    page = context.new_page()
    enter(box, page)
    page.goto(path)
    assert axe(context, page, path) == []
    context.close()


def axe(context: BrowserContext, page: Page, path: str) -> list[str]:
    """The policy of the page forbids what axe is put in by, so it is lifted for this one look."""
    session = context.new_cdp_session(page)
    session.send("Page.setBypassCSP", {"enabled": True})
    page.goto(path)
    page.evaluate(AXE)
    said = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in said["violations"]]


@pytest.mark.fault("H15")
def test_a_judge_sees_only_their_own_and_a_wrong_code_is_counted(visitor, office_station) -> None:
    catalog = office_station.catalog()
    opened(catalog)
    stranger = visitor()
    assert stranger.get("/judge/1/1").status_code == 403
    assert stranger.post("/judge/enter", "/judge", code="1-2222-2222-2222").status_code == 401
    code = judge_codes.make(catalog, JUDGES[1], "组长甲").code
    for _ in range(5):
        with pytest.raises(NotAllowed, match="入场码不对"):
            judge_codes.enter(catalog, code[:-1] + ("2" if code[-1] != "2" else "3"))
    with pytest.raises(NotAllowed, match="暂停进入"):
        judge_codes.enter(catalog, code)
