"""`make pictures`: the pictures of the manual and of 帮助, of the sample office; small, 64 colours.

python -m tests.web.help_pictures web/static/help
"""

from __future__ import annotations

import io
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright
from waitress.server import create_server

from tests.conftest import make_station
from tests.web import browser, office
from web import create_app

SIZE = (1000, 860)
COLOURS = 64
MOST_BYTES = 80_000


def _typing(page: Page) -> None:
    page.fill("input[name=teacher]", "")
    page.tap("input[name=teacher]")
    for key in "zhangwei":
        page.locator(f'.board-row button:text-is("{key}")').tap()
    page.locator('.board-words button:text-is("张伟")').wait_for()


def _rest(page: Page) -> None:
    page.locator(".resting .big").wait_for()


# name of the picture: who looks, at which address, and what is done first.
PICTURES: dict[str, tuple[str, str, Callable[[Page], None] | None]] = {
    "desk": ("clerk", "/", None),
    "delivery": ("clerk", "/deliveries/1", None),
    "lesson": ("clerk", "/lessons/1", None),
    "missing": ("clerk", "/missing", None),
    "answers": ("approver", "/approvals/4", None),
    "upstream": ("clerk", "/upstream", None),
    "keyboard": ("clerk", "/lessons/1/mend", _typing),
    "screen": ("", "/screen", _rest),
}


def main(out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        station = make_station(Path(folder) / "county")
        office.furnish(station)
        server = create_server(create_app(station), host="127.0.0.1", port=0, threads=8)
        threading.Thread(target=server.run, daemon=True).start()
        chromium = browser.launch(playwright)
        for name, (role, address, act) in PICTURES.items():
            with browser.opened(chromium, int(server.effective_port), SIZE, has_touch=True) as (page, _):
                if act:
                    page.goto("/screen")
                if role:
                    browser.sign_in(page, role)
                page.goto(address)
                page.wait_for_load_state("load")
                if act:
                    act(page)
                (out / f"{name}.png").write_bytes(small(page.screenshot()))
        server.close()


def small(png: bytes) -> bytes:
    out = io.BytesIO()
    picture = Image.open(io.BytesIO(png)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "web/static/help"))
