"""Debian's Chromium under a LAN name; a request to any other host is remembered, and fails the test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, Playwright

from tests.web import office

HOST = "box.lan"
ARGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    f"--host-resolver-rules=MAP {HOST} 127.0.0.1, EXCLUDE localhost",
]  # fmt: skip
SIZES = {"tall": (800, 1280), "wide": (1280, 800)}


def launch(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGS)


@contextmanager
def opened(browser: Browser, port: int, size: tuple[int, int], **more) -> Iterator[tuple[Page, list[str]]]:
    """(a page, what went wrong on it: foreign requests, console errors, refusals by the content policy)."""
    width, height = size
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale="zh-CN", base_url=f"http://{HOST}:{port}", **more
    )
    page, wrong = context.new_page(), []
    page.on("request", lambda request: _own(request.url) or wrong.append(request.url))
    page.on("console", lambda said: said.type in ("error", "warning") and wrong.append(said.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("dialog", lambda dialog: (wrong.append(f"dialog {dialog.message}"), dialog.dismiss()))
    yield page, wrong
    context.close()


def _own(url: str) -> bool:
    return urlsplit(url).hostname == HOST


def sign_in(page: Page, role: str) -> None:
    page.goto("/login")
    page.fill("input[name=name]", office.USERS[role])
    page.fill("input[name=password]", office.PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url("**/")
