"""遴选 with the mouse and the keyboard: tried out beside the quota, saved with a reason, decided by two."""

from __future__ import annotations

from collections.abc import Sequence

from playwright.sync_api import Page

from tests.web import office


def try_out(page: Page, maths: Sequence[int], chinese: Sequence[int]) -> None:
    """Both by rank: the first three of a quota of two, then without the second; two of the other subject."""
    page.goto("/board")
    zone = f".group:has([data-no='{maths[0]}']) .zone[data-chosen='yes']"
    page.drag_and_drop(f"[data-no='{maths[0]}']", zone)
    _lies(page, maths[0], chosen=True)
    for no in (*maths[1:3], *chinese[:2]):
        _press(page, no, chosen=True)
    page.wait_for_selector("#remarks >> text=已定 3 节，名额 2 节，多 1 节")
    _press(page, maths[1], chosen=False)
    page.wait_for_selector("#remarks >> text=多 1 节", state="detached")
    page.wait_for_selector(f"#remarks >> text=第 {maths[1]} 号排第 2 名没有选，选了排在后面的第 {maths[2]} 号")


def _press(page: Page, lesson: int, chosen: bool) -> None:
    page.focus(f"[data-no='{lesson}'] input")
    page.keyboard.press("Space")
    _lies(page, lesson, chosen)


def _lies(page: Page, lesson: int, chosen: bool) -> None:
    page.wait_for_selector(f".zone[data-chosen='{'yes' if chosen else ''}'] [data-no='{lesson}']")


def save(page: Page, name: str, reason: str) -> int:
    """How many exceptions want a reason; the page of the proposal is open then."""
    fields = page.locator("#remarks input[name=reason]")
    wanted = fields.count()
    for field in fields.all():
        field.fill(reason)
    page.fill("input[name=name]", name)
    page.get_by_role("button", name="存成方案").click()
    page.wait_for_url("**/board/1")
    return wanted


def decide(page: Page, second: str) -> None:
    """The signed-in person, and another who gives a password here."""
    page.goto("/board/1")
    page.fill("input[name=second]", second)
    page.fill("input[name=second_password]", office.PASSWORD)
    page.get_by_role("button", name="定下这个方案").click()
    page.wait_for_selector(".state:has-text('已定')")
