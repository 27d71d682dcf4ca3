"""投递 in Chromium with tus-js-client: a folder picked, a closed tab, a dead server, a line that is gone, two tabs."""

from __future__ import annotations

import hashlib
import os

import pytest
from playwright.sync_api import Page, expect

from appliance.commands.watch import once
from tests import invariants
from tests.web import browser
from tests.web.schools import enrol, open_station
from tests.web.test_browser import AXE, PICTURES, SMALL, chromium  # noqa: F401
from tests.web.test_tus_clients import Box
from web.tus import PIECE_BYTES

pytestmark = pytest.mark.browser
FOLDER = "三年级数学《分数的初步认识》教师甲"


@pytest.fixture
def box(tmp_path):
    found = Box(open_station(tmp_path / "county"))
    found.code = enrol(found.station, "示例一小")
    found.start()
    yield found
    found.kill()


@pytest.fixture
def folder(tmp_path):
    """A plan, slides that two pieces do not hold, an empty file, clutter."""
    place = tmp_path / FOLDER
    (place / "素材").mkdir(parents=True)
    (place / "教学设计.txt").write_text("课题、目标、过程")
    (place / "素材" / "大.bin").write_bytes(os.urandom(2 * PIECE_BYTES + 1000))
    (place / "空.txt").write_bytes(b"")
    (place / "Thumbs.db").write_bytes(b"t")
    return place


def enter(page: Page, code: str) -> None:
    page.goto("/hand-in")
    page.fill("input[name=code]", code)
    page.click("button[type=submit]")
    page.wait_for_selector("#pick")


def entries(box: Box) -> dict[str, tuple[str, str]]:
    catalog = box.station.catalog()
    return {row["name"]: (row["fate"], row["sha256"]) for row in catalog.db.query("select * from entry")}


def handed_over_and_whole(box: Box, page: Page, folder) -> None:
    expect(page.locator("#done")).to_be_enabled(timeout=30_000)
    page.click("#done")
    page.wait_for_selector("text=已经交齐，盒子正在收")
    once(box.station)
    big = hashlib.sha256((folder / "素材" / "大.bin").read_bytes()).hexdigest()
    found = entries(box)
    assert {name: fate for name, (fate, _) in found.items()} == {
        f"{FOLDER}/教学设计.txt": "stored", f"{FOLDER}/素材/大.bin": "stored", f"{FOLDER}/空.txt": "ignored",
        f"{FOLDER}/Thumbs.db": "ignored",
    }  # fmt: skip
    assert found[f"{FOLDER}/素材/大.bin"][1] == big
    invariants.check(box.station)


def unfinished(wrong: list[str]) -> list[str]:
    """What the browser complained of, but for answers of a dead server and offsets that had moved."""
    return [said for said in wrong if not any(word in said for word in ("Failed to load resource", "ERR_", "htmx:"))]


def test_a_folder_is_sent_and_its_findings_come_by_themselves(chromium, box, folder) -> None:  # noqa: F811
    with browser.opened(chromium, box.port, browser.SIZES["wide"]) as (page, wrong):
        enter(page, box.code)
        page.set_input_files("#folder", folder)
        handed_over_and_whole(box, page, folder)
        page.wait_for_selector("text=第 1 号", timeout=15_000)
        PICTURES.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=PICTURES / "hand_in-checked-wide.png", full_page=True)
        assert page.text_content("#live h4 bdi") == "分数的初步认识"
        assert wrong == []


def test_a_closed_tab_and_a_killed_server_cost_no_acknowledged_byte(chromium, box, folder) -> None:  # noqa: F811
    """The first piece of the big file is let through, then the server dies and the tab is closed."""
    with browser.opened(chromium, box.port, browser.SIZES["tall"]) as (page, wrong):
        enter(page, box.code)
        page.route("**/hand-in/files/*", lambda route: _second_piece_never(box, route))
        page.set_input_files("#folder", folder)
        page.wait_for_selector("text=和盒子的连接断了", timeout=30_000)
        page.screenshot(path=PICTURES / "hand_in-broken-tall.png", full_page=True)
        box.start()
        page.close()
        page = page.context.new_page()
        page.goto("/hand-in")
        page.wait_for_selector("text=有 1 个文件没有传完")
        page.screenshot(path=PICTURES / "hand_in-reloaded-tall.png", full_page=True)
        sent: list[str] = []
        page.on("request", lambda request: request.method == "PATCH" and sent.append(request.headers["upload-offset"]))
        page.set_input_files("#folder", folder)
        handed_over_and_whole(box, page, folder)
        assert sent == [str(PIECE_BYTES), str(2 * PIECE_BYTES)]
        assert unfinished(wrong) == []


def _second_piece_never(box: Box, route) -> None:
    offset = int(route.request.headers.get("upload-offset", "0"))
    if offset < PIECE_BYTES:
        return route.continue_()
    box.kill()
    return route.abort()


def test_a_line_that_is_gone_is_waited_for_without_a_hand(chromium, box, folder) -> None:  # noqa: F811
    with browser.opened(chromium, box.port, browser.SIZES["wide"]) as (page, wrong):
        enter(page, box.code)
        page.context.set_offline(True)
        page.set_input_files("#folder", folder)
        page.wait_for_selector("text=和盒子的连接断了", timeout=30_000)
        page.context.set_offline(False)
        handed_over_and_whole(box, page, folder)
        assert unfinished(wrong) == []


def test_two_tabs_with_the_same_folder_make_one_of_each_file(chromium, box, folder) -> None:  # noqa: F811
    with browser.opened(chromium, box.port, browser.SIZES["wide"]) as (page, wrong):
        enter(page, box.code)
        other = page.context.new_page()
        other.goto("/hand-in")
        for tab in (page, other):
            tab.bring_to_front()
            tab.set_input_files("#folder", folder)
        expect(other.locator("#done")).to_be_enabled(timeout=30_000)
        handed_over_and_whole(box, page, folder)
        assert unfinished(wrong) == []


def test_a_file_that_is_not_to_be_handed_in_is_taken_out_again(chromium, box, folder) -> None:  # noqa: F811
    with browser.opened(chromium, box.port, browser.SIZES["wide"]) as (page, wrong):
        enter(page, box.code)
        page.set_input_files("#loose", [folder / "教学设计.txt", folder / "Thumbs.db"])
        expect(page.locator("#done")).to_be_enabled(timeout=30_000)
        page.click("#sending summary")
        page.click("button[aria-label='去掉 Thumbs.db']")
        expect(page.locator("#counts")).to_have_text("传完 1 个，共 1 个")
        assert page.evaluate("fetch('/hand-in/files.json').then(a => a.json()).then(all => all.map(f => f.name))") == [
            "教学设计.txt"
        ]
        assert wrong == []


@pytest.mark.parametrize("size", browser.SIZES)
def test_the_page_fits_the_finger_and_is_clean_under_axe(chromium, box, folder, size) -> None:  # noqa: F811
    with browser.opened(chromium, box.port, browser.SIZES[size], bypass_csp=True) as (page, wrong):
        page.goto("/hand-in")
        for name in ("enter", "empty", "sent"):
            if name == "empty":
                enter(page, box.code)
            elif name == "sent":
                page.set_input_files("#folder", folder)
                expect(page.locator("#done")).to_be_enabled(timeout=30_000)
                page.click("#sending summary")
            page.screenshot(path=PICTURES / f"hand_in-{name}-{size}.png", full_page=True)
            assert page.evaluate("document.documentElement.scrollWidth") <= browser.SIZES[size][0]
            assert page.evaluate(SMALL) == [], name
            page.evaluate(AXE)
            said = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
            assert [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in said["violations"]] == []
        assert wrong == []
