"""How the judges of a room fill their sheets: the first by hand, one through a dead battery, the others in a row."""

from __future__ import annotations

from collections.abc import Mapping

from appliance.catalog import scores
from tests.e2e.season.county import County
from tests.e2e.season.rooms import OF_A_SCHOOL, Room, points
from tests.e2e.season.tablets import Tablet
from tests.e2e.season.trial_days import blocked, order
from tests.web.boxes import Box


def first_sheets(county: County, session: int, room: Room, tablets: Mapping[str, Tablet]) -> None:
    """Of the first lesson that everybody may judge; held back, as the first of them learns who hands it in."""
    first = next(one for one in order(county, session) if not blocked(county, session, one))
    for judge in room.tablets:
        tablets[judge].fill(session, first)
    page = tablets[room.tablets[0]].page
    page.click("text=交这份评分")
    page.wait_for_selector("#gaps:has-text('评委还没有合议')")


def battery_falls_out(box: Box, tablet: Tablet, lesson: int) -> None:
    """A touch is saved; the box goes away, two more are given; the browser is killed; both come back."""
    tablet.sheet(1, lesson)
    tablet.press("1")
    tablet.saved()
    box.stop()
    tablet.press("2")
    tablet.press("3")
    tablet.page.wait_for_selector("#line:has-text('未连，已存本机')")
    tablet.kept("3")
    tablet.kill()
    box.start()
    tablet.back()
    tablet.page.wait_for_selector("text=已存本机 1 份")
    tablet.sheet(1, lesson)
    tablet.saved()


def other_sheets(county: County, session: int, room: Room, tablets: Mapping[str, Tablet]) -> None:
    for seat, judge in enumerate(room.tablets):
        done = scores.lessons_scored(county.catalog.db, session, judge)
        for place, lesson in enumerate(order(county, session), 1):
            if lesson not in done and not (judge == OF_A_SCHOOL and blocked(county, session, lesson)):
                tablets[judge].send(session, lesson, points(room, place, seat))
