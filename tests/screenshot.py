"""`make screenshot`: the picture in the README, taken of a running demo box (`make run DEMO=1` first)."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from playwright.sync_api import sync_playwright

CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--url", default="http://127.0.0.1:8080")
    parser.add_argument("--page", default="/")
    parser.add_argument("--passwords", type=Path, default=Path("var/county-演示密码.json"))
    parser.add_argument("--user", default="经办甲")
    parser.add_argument("--size", default="1280x800")
    args = parser.parse_args()
    width, height = map(int, args.size.split("x"))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)
        page = browser.new_page(viewport={"width": width, "height": height})
        page.goto(args.url + "/login")
        page.fill("input[name=name]", args.user)
        page.fill("input[name=password]", json.loads(args.passwords.read_text())[args.user])
        page.click("form [type=submit]")
        page.goto(args.url + args.page)
        page.screenshot(path=args.out, full_page=True)


if __name__ == "__main__":
    main()
