"""The box's own screen in a real browser, by touch: Chinese is typed, the screen rests, nothing half written is lost."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.web import browser
from tests.web.test_browser import AXE, PICTURES, chromium  # noqa: F401 (a fixture)

pytestmark = pytest.mark.browser

# What a finger presses on the keyboard and is smaller than 48 px.
SMALL = """() => [...document.querySelectorAll('.board button')].filter(e => e.checkVisibility())
  .map(e => [e.textContent, e.getBoundingClientRect()]).filter(([, box]) => box.height < 48 || box.width < 48)"""


def touch(page: Page, keys: str | list[str]) -> None:
    for key in keys:
        page.locator(f'.board-row button:text-is("{key}")').tap()


def pick(page: Page, word: str) -> None:
    page.locator(f'.board-words button:text-is("{word}")').first.tap()


@pytest.mark.parametrize("size", browser.SIZES)
def test_a_remark_and_a_name_are_typed_by_touch(chromium, served, size):  # noqa: F811
    PICTURES.mkdir(parents=True, exist_ok=True)
    with browser.opened(chromium, served, browser.SIZES[size], has_touch=True) as (page, wrong):
        page.goto("/screen")
        browser.sign_in(page, "clerk")
        page.goto("/lessons/1/mend")
        page.fill("input[name=teacher]", "")
        page.tap("input[name=teacher]")
        touch(page, "zhangwei")
        page.screenshot(path=PICTURES / f"keyboard-{size}.png")
        pick(page, "张")
        pick(page, "伟")
        assert page.input_value("input[name=teacher]") == "张伟"
        touch(page, ["退格", "退格", "英文", "大写", "A", "大写", "b", "数字", "3"])
        assert page.input_value("input[name=teacher]") == "Ab3"
        page.fill("input[name=school]", "")
        page.tap("input[name=school]")
        page.locator('.board-names button:text-is("示例第1小学")').tap()
        assert page.input_value("input[name=school]") == "示例第1小学"
        touch(page, "yi")
        page.locator(".board-more").tap()
        assert page.evaluate(SMALL) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= browser.SIZES[size][0]
        assert wrong == []


def test_a_remark_keeps_its_lines_and_the_password_field_gets_no_words(chromium, served):  # noqa: F811
    with browser.opened(chromium, served, browser.SIZES["tall"], has_touch=True) as (page, wrong):
        page.goto("/screen")
        page.goto("/login")
        page.tap("input[name=password]")
        touch(page, ["a", "数字", "1"])
        assert page.input_value("input[name=password]") == "a1"
        assert page.locator(".board-words button, .board-row button:text-is('拼音')").count() == 0
        browser.sign_in(page, "clerk")
        page.goto("/school-codes")
        remark = page.locator("textarea:visible").first
        remark.tap()
        touch(page, "huamianbuqingchu")
        page.locator('.board-words button:text-is("画面不清楚")').wait_for()
        touch(page, ["空格", "换行", "。"])
        assert remark.input_value() == "画面不清楚\n。"
        assert wrong == []


@pytest.mark.parametrize("size", browser.SIZES)
def test_the_screen_rests_a_touch_returns_and_later_it_signs_out(chromium, served, size):  # noqa: F811
    with browser.opened(chromium, served, browser.SIZES[size], has_touch=True, bypass_csp=True) as (page, wrong):
        page.clock.install()
        page.goto("/screen")
        page.evaluate(AXE)
        assert page.evaluate("axe.run().then(said => said.violations.map(v => v.id))") == []
        page.screenshot(path=PICTURES / f"screen-{size}.png")
        browser.sign_in(page, "clerk")
        page.goto("/help")
        page.clock.run_for("04:50")
        assert page.locator("#resting").count() == 0
        page.clock.run_for("00:20")
        page.locator("#resting .big").wait_for()
        page.touchscreen.tap(200, 200)
        assert page.locator("#resting").count() == 0
        assert page.url.endswith("/help")
        page.clock.run_for("31:00")
        page.wait_for_url("**/screen")
        page.goto("/")
        assert "/login" in page.url
        assert wrong == []


def test_what_is_half_written_outlives_the_rest_and_nobody_is_signed_out(chromium, served):  # noqa: F811
    with browser.opened(chromium, served, browser.SIZES["tall"], has_touch=True) as (page, wrong):
        page.clock.install()
        page.goto("/screen")
        browser.sign_in(page, "clerk")
        page.goto("/school-codes")
        page.locator("textarea:visible").first.fill("写到一半")
        page.clock.run_for("40:00")
        page.locator("#resting .big").wait_for()
        page.touchscreen.tap(200, 200)
        assert page.locator("textarea:visible").first.input_value() == "写到一半"
        page.goto("/help")
        assert page.locator(".me").count() == 1
        assert wrong == []
