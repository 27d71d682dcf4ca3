"""`make pictures`, the technician's part: a box at its first start, whose `lessonbox.toml` has errors.

python -m tests.web.first_pictures docs
"""

from __future__ import annotations

import sys
import tempfile
import threading
from pathlib import Path

from playwright.sync_api import sync_playwright
from waitress.server import create_server

from appliance.box.first import steps
from appliance.station import Station
from tests.web import browser
from tests.web.help_pictures import SIZE, small
from web import create_app

NAME = "first-setup.png"
WRONG = 'name = “示例县教育局”\ncode = "360731"\n\n[network]\nadress = "192.168.1.20/24"\n'


def main(out: Path) -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        home, settings = Path(folder) / "box", Path(folder) / "settings"
        settings.mkdir()
        (settings / "lessonbox.toml").write_text(WRONG)
        assert steps.first_setup(home, (settings,)).state == "wrong"
        server = create_server(create_app(Station.open(home)), host="127.0.0.1", port=0, threads=4)
        threading.Thread(target=server.run, daemon=True).start()
        with browser.opened(browser.launch(playwright), int(server.effective_port), SIZE) as (page, _):
            page.goto("/screen")
            page.get_by_text("设置码").first.wait_for()
            (out / NAME).write_bytes(small(page.screenshot()))
        server.close()


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "docs"))
