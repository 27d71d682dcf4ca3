"""The packer as a school has it: a file on disk, opened by Chromium that has no network at all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from appliance import packer
from appliance.rules.load import load
from tests.web import browser


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = browser.launch(playwright)
        yield found
        found.close()


@pytest.fixture
def opened(chromium: Browser, tmp_path: Path) -> Iterator[Page]:
    """The test fails for a request to anywhere but the file, and for what the browser complains of."""
    file = tmp_path / packer.NAME
    file.write_text(packer.page(load("2024")), "utf-8")
    context = chromium.new_context(offline=True, locale="zh-CN", accept_downloads=True)
    page, wrong = context.new_page(), []
    page.on("request", lambda request: request.url.startswith(("file:", "blob:")) or wrong.append(request.url))
    page.on("console", lambda said: said.type in ("error", "warning") and wrong.append(said.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(file.as_uri())
    yield page
    context.close()
    assert wrong == []
