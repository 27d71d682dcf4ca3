"""The judges' tablets: Chromium, each with a store of its own, under a LAN name, touched as a finger would.

Each judge's first sheet goes through the screen and IndexedDB; the others are sent as the screen sends them.
"""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil
from playwright.sync_api import Browser, BrowserContext, Error, Page, Playwright

from tests.e2e.season.rooms import SPAN
from tests.web import browser
from tests.web.boxes import Box

PATIENCE_MS = 90_000  # a busy machine; every wait is for a condition


@dataclass
class Tablet:
    """`wrong`: requests to anybody but the box."""

    playwright: Playwright
    shared: Browser
    box: Box
    judge: str
    profile: Path | None = None
    wrong: list[str] = field(default_factory=list)
    code: str = ""

    def open(self) -> Tablet:
        """The one that will be killed is a browser of its own, with its profile on disk; the others share one."""
        size = {"width": 800, "height": 1280}
        more = {"viewport": size, "locale": "zh-CN", "base_url": f"http://{browser.HOST}:{self.box.port}"}
        if self.profile:
            self.context: BrowserContext = self.playwright.chromium.launch_persistent_context(
                str(self.profile), executable_path="/usr/bin/chromium", args=browser.ARGS, **more
            )
        else:
            self.context = self.shared.new_context(**more)
        self.context.set_default_timeout(PATIENCE_MS)
        self.page: Page = self.context.pages[0] if self.context.pages else self.context.new_page()
        self.page.on("request", lambda request: browser._own(request.url) or self.wrong.append(request.url))
        return self

    def enter(self, code: str) -> None:
        """As the printed picture says it: the code stands behind the # of the address."""
        self.code = code
        self.page.goto(f"/judge#{code}")
        self.page.click("button.large")
        self.page.check("input[name=sure]")
        self.page.click("text=交回避申明")
        self.page.wait_for_selector("text=先打不交")

    def back(self) -> None:
        """Chromium writes a cookie down up to half a minute late: who lost power before that shows the code again."""
        self.open().page.goto(f"/judge#{self.code}")
        if self.page.locator("input[name=code]").count():
            self.page.click("button.large")

    def sheet(self, session: int, lesson: int) -> Page:
        self.page.goto(f"/judge/{session}/{lesson}")
        return self.page

    def press(self, item: str, level: str = "良好") -> None:
        self.page.click(f".indicator[data-item='{item}'] .level:has-text('{level}')")

    def saved(self) -> None:
        self.page.wait_for_selector("#line:has-text('已存到盒子')")

    def kept(self, item: str) -> None:
        """Until this tablet's own store has the item, whatever the line below still says of an earlier touch."""
        self.page.evaluate(
            """async (item) => {
              const key = document.getElementById('sheet').dataset.sheet;
              while (!((await sheets.get(key)) || {items: {}}).items[item]) await new Promise(r => setTimeout(r, 50));
            }""",
            item,
        )

    def fill(self, session: int, lesson: int) -> None:
        self.sheet(session, lesson)
        for item in SPAN:
            self.press(item)
        self.saved()

    def hold(self) -> None:
        """Handed in before the judges have conferred."""
        self.page.click("text=交这份评分")
        self.page.wait_for_selector("#held:has-text('已打好，存着等合议')")

    def submit(self) -> None:
        self.page.click("text=交这份评分")
        self.page.wait_for_selector("text=已交，不能再改")

    def send(self, session: int, lesson: int, items: dict[str, str], held: bool = False) -> None:
        """A touch and the whole sheet, by the requests of the screen from the page that is open on this tablet.
        `held`: whether the box is to keep it until the judges have conferred."""
        said = self.page.evaluate(
            """async ([path, body]) => {
              const token = document.querySelector('input[name=csrf_token]').value;
              const headers = {'Content-Type': 'application/json', 'X-CSRFToken': token};
              const post = (end) => fetch(path + end, {method: 'POST', headers, body: JSON.stringify(body)});
              const touched = await post('/touch');
              const answer = await post('/submit');
              return [touched.status, answer.status, (await answer.json()).submitted];
            }""",
            [f"/judge/{session}/{lesson}",
             {"client": f"{self.judge}-{session}-{lesson}", "number": 1, "items": items, "comment": ""}],
        )  # fmt: skip
        assert said == [200, 200, not held], (self.judge, lesson, said)

    def kill(self) -> None:
        """The battery falls out: every process of this profile, at once."""
        for process in psutil.process_iter(["pid", "cmdline"]):
            if any(str(self.profile) in word for word in process.info["cmdline"] or ()):
                with suppress(ProcessLookupError):
                    os.kill(process.info["pid"], signal.SIGKILL)
        with suppress(Error):
            self.context.close()
