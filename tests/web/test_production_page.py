"""拍摄安排: planned on the page, seen on the desk, printed for the schools."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from appliance.catalog import drops, lessons
from appliance.model import LessonState
from appliance.station import Station
from tests.web.conftest import Visitor
from web import create_app


@pytest.mark.clause("P3c")
def test_a_candidate_is_planned_stands_on_the_desk_and_its_slip_prints(visitor, office_station) -> None:
    clerk = visitor("clerk")
    with office_station.catalog().writing() as db:
        lessons.set_state(db, 1, LessonState.CANDIDATE)
    soon = f"{dt.date.today() + dt.timedelta(days=2)}"
    form = {"day": soon, "slot": "上午", "place": "录播室", "crew": "电教馆"}
    assert clerk.post("/production/1", "/production", **form).status_code == 303
    page = clerk.get("/production").get_data(as_text=True)
    assert (f"{soon}</td>" in page, "有要改的" in page or "还缺" in page) == (True, True)
    for key in ("notice/contact_form", "notice/recommended_by", "notice/confirmed_by", "publicity/1"):
        clerk.post("/calendar/done", "/calendar", key=key, done="yes")
    assert "拍摄第 1 号" in clerk.get("/").get_data(as_text=True)
    slip = clerk.get("/production/slips?lesson=1")
    assert ("拍摄通知单" in slip.get_data(as_text=True), "unsafe" in slip.headers["Content-Security-Policy"]) == (
        True,
        False,
    )


@pytest.mark.clause("P3c")
def test_schools_are_reminded_on_a4_on_the_receipt_printer_and_on_the_resting_screen_without_a_name(
    visitor, office_station
) -> None:
    settings = office_station.home / "station.toml"
    settings.write_text(settings.read_text() + 'printer = "/dev/null"\n')
    clerk = Visitor(create_app(Station.open(office_station.home)).test_client())
    clerk.sign_in("经办甲")
    with office_station.catalog().writing() as db:
        lessons.set_state(db, 1, LessonState.CANDIDATE)
        for drop in drops.newest(db):
            drops.vanish(db, drop["id"], "")
    soon = dt.date.today() + dt.timedelta(days=2)
    clerk.post("/production/1", "/production", day=f"{soon}", slot="上午", place="录播室", crew="", note="")
    assert "1 节人选，1 节没有齐" in clerk.get("/production").get_data(as_text=True)
    paper = clerk.get("/production/reminders?school=示例第一小学")
    assert ("催交单" in paper.get_data(as_text=True), "unsafe" in paper.headers["Content-Security-Policy"]) == (
        True,
        False,
    )
    assert clerk.get("/production/reminders?school=没有的学校").status_code == 409
    assert clerk.post("/production/1/reminder", "/production").location == "/printing"
    assert "催交单</strong>  示例第一小学" in re.sub(r"</?bdi>", "", clerk.get("/printing").get_data(as_text=True))
    resting = re.sub(r"<[^>]+>", "", clerk.get("/screen/live").get_data(as_text=True))
    for said in ("人选还要补交", "示例第一小学1 节", f"{soon.month}月{soon.day}日 上午 录播室"):
        assert said in resting
    for name in ("教师𬱖", "分数的初步认识"):
        assert name not in resting


def test_without_candidates_the_page_says_where_they_come_from(visitor) -> None:
    clerk = visitor("clerk")
    assert "现在没有初步人选" in clerk.get("/production").get_data(as_text=True)
    assert clerk.get("/production/slips").status_code == 400
