"""How the judges of a room fill their sheets: the first by hand, one through a dead battery, the others in a row."""

from __future__ import annotations

from collections.abc import Mapping

from appliance.catalog import scores
from tests.e2e.season.county import County
from tests.e2e.season.rooms import OF_A_SCHOOL, Room, points
from tests.e2e.season.tablets import Tablet
from tests.e2e.season.trial_days import blocked, order
from tests.web.boxes import Box

HELD = 3  # lessons


def first_sheets(county: County, session: int, room: Room, tablets: Mapping[str, Tablet]) -> int:
    """Of the first three, the last of them first: one by hand, the others as the screen sends them; all held.
    Returns which was by hand: one that everybody may judge."""
    drawn = order(county, session)
    by_hand = next(one for one in drawn if not blocked(county, session, one))
    for seat, judge in enumerate(room.tablets):
        tablets[judge].fill(session, by_hand)
        tablets[judge].hold()
        for place, lesson in [*enumerate(drawn[:HELD], 1)][::-1]:
            if lesson != by_hand and _may(county, session, judge, lesson):
                tablets[judge].send(session, lesson, points(room, place, seat), held=True)
    return by_hand


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
            if lesson not in done and _may(county, session, judge, lesson):
                tablets[judge].send(session, lesson, points(room, place, seat))


def _may(county: County, session: int, judge: str, lesson: int) -> bool:
    return not (judge == OF_A_SCHOOL and blocked(county, session, lesson))
