"""`make screenshot`: the picture in the README, of a county that has just received the sample stick.

The two boxes are made in a temporary folder and ended afterwards; nothing of `./var` is touched.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Error, Page, sync_playwright

from tests import demo
from tests.e2e.ports import free_port

CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PATIENCE_MS = 180_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--page", default="/")
    parser.add_argument("--user", default="经办甲")
    parser.add_argument("--size", default="1280x800")
    args = parser.parse_args()
    width, height = map(int, args.size.split("x"))
    with tempfile.TemporaryDirectory(prefix="lessonbox-") as root:
        places = demo.Places(Path(root), free_port(), free_port(), free_port())
        demo.make_stations(places)
        password = demo.make_people(places.county)[args.user]
        box = demo.start(places.county)
        try:
            demo.plug_in(places, "small")
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)
                page = browser.new_page(viewport={"width": width, "height": height})
                sign_in(page, f"http://127.0.0.1:{places.county_port}", args.user, password)
                page.get_by_text("退回补正 2").wait_for(timeout=PATIENCE_MS)
                page.goto(f"http://127.0.0.1:{places.county_port}{args.page}")
                page.screenshot(path=args.out)
        finally:
            demo.stop([box])


def sign_in(page: Page, address: str, user: str, password: str) -> None:
    deadline = time.monotonic() + 60  # the web part needs some seconds to listen
    while True:
        try:
            page.goto(address + "/login")
            break
        except Error:
            assert time.monotonic() < deadline
            time.sleep(1)
    page.fill("input[name=name]", user)
    page.fill("input[name=password]", password)
    page.click("form [type=submit]")


if __name__ == "__main__":
    main()
