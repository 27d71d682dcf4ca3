"""`python -m tests.web.pictures DIR`: every page of the sample office at both sizes, to look at."""

from __future__ import annotations

import sys
import tempfile
import threading
from pathlib import Path

from playwright.sync_api import sync_playwright
from waitress.server import create_server

from tests.conftest import make_station
from tests.web import browser, office
from web import create_app
from web.pages import PAGES


def main(out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        station = make_station(Path(folder) / "county")
        office.furnish(station, 12)
        server = create_server(create_app(station), host="127.0.0.1", port=0, threads=8)
        threading.Thread(target=server.run, daemon=True).start()
        chromium = browser.launch(playwright)
        for label, size in browser.SIZES.items():
            _round(chromium, int(server.effective_port), label, size, out)
        server.close()


def _round(chromium, port: int, label: str, size: tuple[int, int], out: Path) -> None:
    for role in ("", "technician", "approver"):
        with browser.opened(chromium, port, size) as (page, wrong):
            if role:
                browser.sign_in(page, role)
            for row in PAGES:
                if (role in row.roles) or (not role and row.name == "login"):
                    page.goto(row.path.replace("<int:no>", "1"))
                    page.wait_for_load_state("networkidle")
                    page.screenshot(path=out / f"{row.name}-{label}.png", full_page=True)
            if wrong:
                print(role, label, sorted(set(wrong)), file=sys.stderr)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "build/screenshots"))
