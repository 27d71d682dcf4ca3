"""拍摄安排: planned on the page, seen on the desk, printed for the schools."""

from __future__ import annotations

import datetime as dt

import pytest

from appliance.catalog import lessons
from appliance.model import LessonState


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


def test_without_candidates_the_page_says_where_they_come_from(visitor) -> None:
    clerk = visitor("clerk")
    assert "现在没有初步人选" in clerk.get("/production").get_data(as_text=True)
    assert clerk.get("/production/slips").status_code == 400
