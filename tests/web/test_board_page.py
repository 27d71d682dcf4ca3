"""遴选 as the office uses it: tried out without a word written, saved, decided by two persons who both give a password;
by dragging and by the keyboard."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright
from waitress.server import create_server

from appliance.catalog import lessons, proposals
from appliance.model import LessonState
from appliance.selection import trial
from appliance.station import Station
from tests.selection.sessions import give, opened
from tests.web import browser, office
from tests.web.conftest import Visitor
from web import create_app


@pytest.fixture
def county(office_station: Station) -> Station:
    """The office with a locked session of three lessons more, of which two may go up."""
    settings = office_station.home / "station.toml"
    settings.write_text(settings.read_text().replace("finished_video", "design_first"))
    (office_station.home / "quota.toml").write_text('[[quota]]\nsubject = "数学"\nnumber = 3\n')
    catalog = office_station.catalog()
    with catalog.writing() as db:
        db.execute("update lesson set state = 'withdrawn' where state not in ('accepted')")
    session = opened(catalog)
    for place, no in enumerate(numbers(office_station)):
        give(catalog, session, no, *[f"{place}"] * 5)
    trial.close(catalog, session, "组长甲", "", "审批甲")
    return Station.open(office_station.home)


def numbers(station: Station) -> list[int]:
    return sorted(row["no"] for row in lessons.find(station.catalog().db, LessonState.TRIAL))


def person(county: Station, name: str) -> Visitor:
    someone = Visitor(create_app(county).test_client())
    assert someone.sign_in(name).status_code == 303
    return someone


@pytest.mark.clause("P3b", "W2")
def test_a_choice_is_tried_saved_and_decided_by_two_who_give_their_passwords(county: Station) -> None:
    first, second, third = numbers(county)
    clerk, boss, db = person(county, "经办甲"), person(county, "审批甲"), county.catalog().db
    tried = clerk.post("/board/what-if", "/board", lesson=[str(first), str(third)]).get_data(as_text=True)
    assert (f"第 {second} 号排第 2 名没有选" in tried, db["proposal"].count) == (True, 0)
    order = f"order/2/{second}" if f"order/2/{second}" in tried else f"order/1/{second}"
    form = {"name": "第一稿", "lesson": [str(first), str(third)], "key": order, "reason": "教师已调走"}
    assert clerk.post("/board", "/board", **form).location == "/board/1"
    shown = boss.get("/board/1").get_data(as_text=True)
    assert ("理由：<bdi>教师已调走</bdi>" in shown, "定下这个方案" in shown) == (True, True)
    assert "定下这个方案" not in clerk.get("/board/1").get_data(as_text=True)
    signed = {"second": "经办甲", "second_password": office.PASSWORD}
    assert clerk.post("/board/1/decide", "/board/1", **signed).status_code == 403
    assert boss.post("/board/1/decide", "/board/1", **signed | {"second": "审批甲"}).status_code == 409
    assert boss.post("/board/1/decide", "/board/1", **signed | {"second_password": "wrong"}).status_code == 409
    assert proposals.by_id(db, 1)["outcome"] == ""
    assert boss.post("/board/1/decide", "/board/1", **signed).status_code == 303
    assert [lessons.by_no(db, no).state for no in (first, second, third)] == [
        LessonState.CANDIDATE, LessonState.TRIAL, LessonState.CANDIDATE,
    ]  # fmt: skip
    picked = boss.get(f"/publicity?lesson={first}&lesson={third}").get_data(as_text=True)
    assert picked.count('name="lesson"') - picked.count('name="lesson" value') == 0
    assert picked.count("checked>") == 2


def test_a_proposal_is_a_start_for_another_and_may_be_dropped(county: Station) -> None:
    clerk = person(county, "经办甲")
    clerk.post("/board", "/board", name="一", lesson=str(numbers(county)[0]))
    assert clerk.get("/board?from=1").get_data(as_text=True).count(" checked ") == 1
    assert clerk.post("/board/1/drop", "/board/1", reason="另存").status_code == 303
    assert "不用：另存" in clerk.get("/board/1").get_data(as_text=True)


@pytest.fixture
def port(county: Station) -> Iterator[int]:
    server = create_server(create_app(county), host="127.0.0.1", port=0, threads=8, ident=None)
    threading.Thread(target=server.run, daemon=True).start()
    yield int(server.effective_port)
    server.close()


@pytest.mark.browser
@pytest.mark.clause("P3b")
def test_lessons_are_chosen_by_dragging_and_by_the_keyboard_and_the_remarks_follow(county: Station, port: int) -> None:
    first, _, third = numbers(county)
    with sync_playwright() as playwright:
        chromium = browser.launch(playwright)
        with browser.opened(chromium, port, browser.SIZES["wide"]) as (page, wrong):
            browser.sign_in(page, "clerk")
            page.goto("/board")
            group = page.locator(".group", has=page.locator(f"[data-no='{first}']"))
            page.drag_and_drop(f"[data-no='{third}']", f".group:has([data-no='{third}']) .zone[data-chosen='yes']")
            page.wait_for_selector(f"#remarks >> text=第 {first} 号排第 1 名没有选")
            page.focus(f"[data-no='{first}'] input")
            page.keyboard.press("Space")
            page.wait_for_selector(f"#remarks >> text=第 {first} 号排第 1 名没有选", state="detached")
            assert page.evaluate("document.activeElement.value") == f"{first}"
            assert group.locator(".zone[data-chosen=yes] [data-no]").count() == 2
            page.fill("#remarks input[name=reason]", "教师已调走")
            page.fill("input[name=name]", "第一稿")
            page.screenshot(path=Path(__file__).parents[2] / "build" / "screenshots" / "board-wide.png", full_page=True)
            page.get_by_role("button", name="存成方案").click()
            page.wait_for_url("**/board/1")
            assert wrong == []
        chromium.close()
    row = proposals.by_id(county.catalog().db, 1)
    assert (sorted(row["chosen"]), list(row["reasons"].values())) == ([first, third], ["教师已调走"])
