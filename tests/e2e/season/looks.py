"""The pages of the season as the head of a room sees them on an upright screen, under a LAN name."""

from __future__ import annotations

from playwright.sync_api import Browser

from tests.web import browser, office
from tests.web.test_browser import AXE, PICTURES, SMALL

SIZE = browser.SIZES["tall"]
PAGES = {
    "sessions": "/sessions", "session": "/sessions/1", "progress": "/sessions/1/progress", "vote": "/sessions/2/results",
    "papers": "/sessions/1/papers", "paper": "/sessions/1/papers/check/1", "results": "/sessions/1/results",
    "strict": "/sessions/1/results/spread", "lots": "/lots?seed=春风&numbers=1、2", "publicity": "/publicity/1",
    "screening": "/screening/1", "board": "/board", "proposal": "/board/1",
}  # fmt: skip


def of(chromium: Browser, port: int) -> dict[str, list[str]]:
    """{page: what axe finds, what is wider than the screen or too small for a finger}; `foreign`: other hosts, errors.
    Each page is pictured."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    found: dict[str, list[str]] = {}
    with browser.opened(chromium, port, SIZE, bypass_csp=True) as (page, wrong):
        page.goto("/login")
        page.fill("input[name=name]", "组长甲")
        page.fill("input[name=password]", office.PASSWORD)
        page.click("button[type=submit]")
        for name, path in PAGES.items():
            page.goto(path)
            wide = page.evaluate("document.documentElement.scrollWidth") > SIZE[0]
            found[name] = ["wider than the screen"] * wide + [str(one) for one in page.evaluate(SMALL)]
            page.screenshot(path=PICTURES / f"season-{name}.png", full_page=True)
            page.evaluate(AXE)
            said = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
            found[name] += [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in said["violations"]]
        found["foreign"] = list(wrong)
    return found
