"""审批: what the list says of a lesson beside its name."""

from __future__ import annotations

import pytest

from appliance.catalog import lessons, proposals
from appliance.model import LessonState
from appliance.station import Station
from tests.web import office
from tests.web.conftest import Visitor
from web import create_app

MARK = "遴选选上"


def marked(station: Station) -> int:
    someone = Visitor(create_app(Station.open(station.home)).test_client())
    someone.sign_in(office.USERS["approver"])
    return someone.get("/approvals").get_data(as_text=True).count(MARK)


@pytest.mark.clause("P3b")
def test_a_county_that_takes_finished_lessons_sees_which_ones_two_persons_chose(office_station: Station) -> None:
    catalog = office_station.catalog()
    with catalog.writing() as db:
        lessons.set_state(db, 1, LessonState.COMPLETE)
        number = proposals.add(db, "第一稿", [1], {}, [], "经办甲")
    assert marked(office_station) == 0
    with catalog.writing() as db:
        proposals.settle(db, number, proposals.DECIDED, "经办甲", "审批甲")
    assert marked(office_station) == 1
    settings = office_station.home / "station.toml"
    settings.write_text(settings.read_text().replace("finished_video", "design_first"))
    assert marked(office_station) == 0  # there a complete lesson was chosen before
