"""The pages in a real browser, under a LAN name: nothing foreign, nothing refused by the policy, clean under axe."""

from __future__ import annotations

from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import sync_playwright

from appliance.catalog import drops
from tests.web import browser, office
from web.pages import PAGES

pytestmark = pytest.mark.browser

PICTURES = Path(__file__).parents[2] / "build" / "screenshots"
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
ROLES = tuple(office.USERS)
# What a finger presses and is lower than 48 px; a box to tick is pressed with its label; links inside a sentence are text.
SMALL = """() => [...document.querySelectorAll('button, a.button, a.link, a.chip, a.row, .menu a, summary, select,'
  + 'input:not([type=hidden]), textarea')].filter(e => e.checkVisibility())
  .map(e => e.matches('[type=checkbox], [type=radio]') ? e.closest('label') || e : e)
  .map(e => [e.outerHTML.slice(0, 90), Math.round(e.getBoundingClientRect().height)]).filter(e => e[1] < 48)"""


PLAYS = """film => new Promise(done => {
  film.muted = true;
  film.addEventListener('timeupdate', () => film.currentTime > 0.5 && done({length: film.duration, at: film.currentTime}));
  film.play();
})"""


@pytest.fixture(scope="module")
def chromium():
    with sync_playwright() as playwright:
        found = browser.launch(playwright)
        yield found
        found.close()


def addresses(role: str) -> list[tuple[str, str]]:
    """(name, address) of the pages that this role sees; one address more for each kind of lesson."""
    found = [(row.name, row.path.replace("<int:no>", "1")) for row in PAGES if role in row.roles]
    if role in ("clerk", "approver"):
        found += [
            ("lesson-pass", "/lessons/4"),
            ("evidence-none", "/lessons/4/evidence"),
            ("original-none", "/materials/2"),
            ("search-nothing", "/search?q=没有这样的课例"),
            ("error", "/lessons/999"),
            ("publicity-one", "/publicity/1"),
            ("roster-in-force", "/rosters/1"),
            ("roster-draft", "/rosters/2"),
            ("papers-check", "/sessions/1/papers/check/1"),
            ("papers-enter", "/sessions/1/papers/4/2"),
            ("showcase", "/showcase"),
            ("showcase-watch", "/showcase/3"),
            ("verify", "/verify"),
            ("notice", "/notice"),
        ]
    return found + [("answers-open", "/approvals/4")] * (role == "approver")


def first_role(name: str) -> str:
    """The picture of a page that several roles see is taken once."""
    return next(role for role in ROLES if name in dict(addresses(role)))


@pytest.mark.parametrize("size", browser.SIZES)
@pytest.mark.parametrize("role", ROLES)
def test_pages_ask_nobody_else_fit_the_screen_and_the_finger(chromium, served, role, size):
    """Foreign requests, refusals by the policy, what is wider than the screen, what is lower than 48 px."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    width, _ = browser.SIZES[size]
    with browser.opened(chromium, served, browser.SIZES[size]) as (page, wrong):
        browser.sign_in(page, role)
        for name, address in addresses(role):
            page.goto(address)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, name
            assert page.evaluate(SMALL) == [], name
            if role == first_role(name):  # a hidden caret would be an inline style, which a polled part passes on
                page.screenshot(path=PICTURES / f"{name}-{size}.png", full_page=True, caret="initial")
        assert [said for said in wrong if "404" not in said] == []


@pytest.mark.parametrize("role", ROLES)
def test_pages_are_clean_under_axe(chromium, served, role):
    with browser.opened(chromium, served, browser.SIZES["tall"], bypass_csp=True) as (page, _):
        browser.sign_in(page, role)
        found = {}
        for name, address in addresses(role):
            page.goto(address)
            page.evaluate(AXE)
            said = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
            found[name] = [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in said["violations"]]
        assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_the_accessibility_check_itself_finds_what_is_wrong(chromium, served):
    """A negative control: an image without words, and grey on grey."""
    with browser.opened(chromium, served, browser.SIZES["tall"], bypass_csp=True) as (page, _):
        page.goto("/login")
        page.evaluate("document.querySelector('h1').innerHTML = '<img src=/static/mark.svg>'")
        page.evaluate(AXE)
        assert "image-alt" in page.evaluate("axe.run().then(said => said.violations.map(v => v.id))")


def test_the_login_is_clean_under_axe_and_says_why_it_refuses(chromium, served):
    with browser.opened(chromium, served, browser.SIZES["tall"], bypass_csp=True) as (page, _):
        page.goto("/login")
        page.fill("input[name=name]", "nobody")
        page.fill("input[name=password]", "nothing at all")
        page.click("button[type=submit]")
        assert page.text_content("[role=alert] strong >> visible=true") == "登录名或密码不对"
        page.evaluate(AXE)
        assert page.evaluate("axe.run().then(said => said.violations.map(v => v.id))") == []


@pytest.mark.parametrize("role", ["approver"])
def test_at_200_percent_nothing_is_cut_off(chromium, served, role):
    """Zoom of 200 % on the wide screen is a window of half the size."""
    with browser.opened(chromium, served, (640, 400), device_scale_factor=2) as (page, _):
        browser.sign_in(page, role)
        for name, address in addresses(role):
            page.goto(address)
            assert page.evaluate("document.documentElement.scrollWidth") <= 640, name


def test_the_desk_follows_the_copy_by_itself(chromium, served, furnished):
    with browser.opened(chromium, served, browser.SIZES["wide"]) as (page, wrong):
        browser.sign_in(page, "clerk")
        assert page.text_content(".big strong") == "正在复制，勿拔"
        catalog = furnished.catalog()
        drop = drops.find(catalog.db, "usb", "sample-1")
        drops.tell(catalog.db, drop["id"], {"bytes_done": 2_950_000_000, "files_done": 40})
        page.wait_for_selector("text=40 / 42 个文件", timeout=10_000)
        assert page.text_content(".drop .facts strong") == "92%"
        drops.tell(catalog.db, drop["id"], {"bytes_done": drop["bytes_done"], "files_done": drop["files_done"]})
        catalog.close()
        assert wrong == []


def test_the_desk_is_whole_without_scripts(chromium, served):
    with browser.opened(chromium, served, browser.SIZES["wide"], java_script_enabled=False) as (page, wrong):
        browser.sign_in(page, "clerk")
        assert page.text_content(".big strong") == "正在复制，勿拔"
        assert page.locator("ul.rows a.row").count() == 4
        assert wrong == []


def test_a_hostile_title_is_only_text_on_every_page(chromium, served):
    with browser.opened(chromium, served, browser.SIZES["wide"]) as (page, wrong):
        browser.sign_in(page, "approver")
        for address in ("/", "/deliveries/2", "/search", "/lessons/2", "/lessons/2/mend", "/approvals/2"):
            page.goto(address)
        assert page.text_content("dl.pairs dd strong") == office.HOSTILE.replace("\u202e", "⟨202E⟩")
        assert wrong == []


def test_the_slip_prints_with_its_own_style_under_the_policy(chromium, served):
    with browser.opened(chromium, served, browser.SIZES["wide"]) as (page, wrong):
        browser.sign_in(page, "clerk")
        page.add_init_script("window.print = () => { window.printed = true; }")
        page.goto("/deliveries/1/slip")
        page.wait_for_function("window.printed === true")
        assert page.evaluate("getComputedStyle(document.querySelector('h1')).textAlign") == "center"
        assert wrong == []


def test_a_lesson_on_show_plays_for_somebody_who_has_not_signed_in(chromium, served):
    with browser.opened(chromium, served, browser.SIZES["wide"]) as (page, wrong):
        page.goto("/showcase")
        page.click("a.row")
        seconds = page.eval_on_selector("video", PLAYS)
        assert (seconds["length"] > 2, seconds["at"] > 0.5) == (True, True)
        assert wrong == []


def test_a_box_that_does_not_answer_is_said_on_the_screen(chromium, served):
    with browser.opened(chromium, served, browser.SIZES["wide"]) as (page, _):
        browser.sign_in(page, "clerk")
        page.route("**/desk/live*", lambda route: route.abort())
        page.wait_for_selector("#lost:not([hidden])", timeout=10_000)
        page.unroute("**/desk/live*")
        page.wait_for_selector("#lost", state="hidden", timeout=10_000)
