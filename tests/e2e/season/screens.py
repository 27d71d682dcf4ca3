"""A page of the office's Chromium, and an expert at 初筛评阅."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page

from tests.e2e.season.tablets import PATIENCE_MS
from tests.web import browser

WIDE = browser.SIZES["wide"]


@contextmanager
def page_of(chromium: Browser, port: int, role: str = "") -> Iterator[Page]:
    """Signed in, if there is a role; what went wrong on the pages is told at the end."""
    with browser.opened(chromium, port, WIDE) as (page, wrong):
        page.set_default_timeout(PATIENCE_MS)
        if role:
            browser.sign_in(page, role)
        yield page
        assert wrong == []


def read_designs(page: Page, code: str) -> dict[str, bytes]:
    """An expert enters, reads every design and recommends it: {what the sheet showed: the file that it gave}."""
    seen = {}
    page.goto("/reading")
    page.fill("input[name=code]", code)
    page.click("button.large")
    page.wait_for_selector("text=还没有看")
    while (unread := page.locator("a.row:has-text('还没有看')")).count():
        unread.first.click()
        page.wait_for_selector("text=交这份意见")
        shown = page.inner_text("main")
        with page.expect_download() as given:
            page.locator("main a.row").first.click()
        seen[shown] = given.value.path().read_bytes()
        for question in page.locator("fieldset").all():
            question.locator("label").first.click()
        page.fill("textarea[name=reason]", "目标清楚，环节完整")
        page.click("text=交这份意见")
        page.wait_for_url("**/reading")
    return seen
