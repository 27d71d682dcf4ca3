"""遴选 by finger and pen: a card is dragged at its grip, the page scrolls everywhere else, a cancelled touch changes nothing."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import CDPSession, Page, sync_playwright
from waitress.server import create_server

from appliance.station import Station
from tests.web import browser
from tests.web.test_board_page import county, numbers  # noqa: F401
from web import create_app

pytestmark = pytest.mark.browser
TABLET = (800, 600)  # low, so that there is something to scroll


class Finger:
    """One finger on the glass, as the machine's driver tells the browser of it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.wire: CDPSession = page.context.new_cdp_session(page)

    def touch(self, kind: str, *at: tuple[float, float]) -> None:
        points = [{"x": x, "y": y} for x, y in at]
        self.wire.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": points})

    def drag(self, start: tuple[float, float], to: tuple[float, float], steps: int = 12, end: str = "End") -> None:
        self.touch("Start", start)
        for step in range(1, steps + 1):
            x, y = (a + (b - a) * step / steps for a, b in zip(start, to, strict=True))
            self.touch("Move", (x, y))
            self.page.wait_for_timeout(16)
        self.touch(end)


def middle(page: Page, selector: str) -> tuple[float, float]:
    box = page.locator(selector).bounding_box()
    assert box is not None, selector
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


@pytest.fixture
def page(county: Station) -> Iterator[Page]:  # noqa: F811
    server = create_server(create_app(county), host="127.0.0.1", port=0, threads=8, ident=None)
    threading.Thread(target=server.run, daemon=True).start()
    with sync_playwright() as playwright:
        chromium = browser.launch(playwright)
        with browser.opened(chromium, int(server.effective_port), TABLET, has_touch=True) as (shown, wrong):
            browser.sign_in(shown, "clerk")
            shown.goto("/board")
            yield shown
            assert wrong == []
        chromium.close()
    server.close()


def chosen(page: Page) -> list[int]:
    return [int(one) for one in page.eval_on_selector_all("[name=lesson]:checked", "boxes => boxes.map(b => b.value)")]


@pytest.mark.clause("P3b")
def test_a_finger_drags_a_lesson_at_its_grip_and_scrolls_the_page_everywhere_else(county, page) -> None:  # noqa: F811
    first, _, third = numbers(county)
    finger, card = Finger(page), f"[data-no='{third}']"
    page.locator(card).scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    text = middle(page, f"{card} .grow")
    finger.drag(text, (text[0], text[1] - 150))
    page.wait_for_timeout(200)
    scrolled = page.evaluate("scrollY") - before
    assert (abs(scrolled) > 60, chosen(page)) == (True, [])

    page.locator(f".group:has({card}) .zone[data-chosen=yes]").scroll_into_view_if_needed()
    page.locator(f"{card} .grip").scroll_into_view_if_needed()
    target = f".group:has({card}) .zone[data-chosen=yes]"
    finger.drag(middle(page, f"{card} .grip"), middle(page, target))
    page.wait_for_selector(f"#remarks >> text=第 {first} 号排第 1 名没有选")
    assert (chosen(page), page.locator(f"{target} {card}").count()) == ([third], 1)
    finger.drag(middle(page, f"{card} .grip"), middle(page, f".group:has({card}) .zone[data-chosen='']"))
    page.wait_for_selector(f"#remarks >> text=第 {first} 号排第 1 名没有选", state="detached")
    assert chosen(page) == []


def test_a_touch_that_the_system_takes_away_leaves_the_lesson_where_it_was(county, page) -> None:  # noqa: F811
    card = f"[data-no='{numbers(county)[2]}']"
    page.locator(f"{card} .grip").scroll_into_view_if_needed()
    target = middle(page, f".group:has({card}) .zone[data-chosen=yes]")
    Finger(page).drag(middle(page, f"{card} .grip"), target, end="Cancel")
    page.wait_for_timeout(300)
    state = page.evaluate(
        "[document.querySelectorAll('.carried, .over').length, document.querySelector('.zone[data-chosen=yes] [data-no]')]"
    )
    assert (state, chosen(page)) == ([0, None], [])


def test_a_pen_drags_at_the_grip_as_a_finger_does(county, page) -> None:  # noqa: F811
    card = f"[data-no='{numbers(county)[2]}']"
    page.locator(f"{card} .grip").scroll_into_view_if_needed()
    wire = page.context.new_cdp_session(page)
    start, to = middle(page, f"{card} .grip"), middle(page, f".group:has({card}) .zone[data-chosen=yes]")
    path = [("mousePressed", start), ("mouseMoved", ((start[0] + to[0]) / 2, (start[1] + to[1]) / 2)), ("mouseMoved", to),
            ("mouseReleased", to)]  # fmt: skip
    for kind, (x, y) in path:
        wire.send(
            "Input.dispatchMouseEvent",
            {"type": kind, "x": x, "y": y, "button": "left", "buttons": 1, "clickCount": 1, "pointerType": "pen"},
        )
    page.wait_for_selector(f".zone[data-chosen=yes] {card}")
    assert chosen(page) == [numbers(county)[2]]
