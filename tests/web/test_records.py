"""展播, 证书 and 证书查验 as visitors without an account and as the office see them."""

from __future__ import annotations

import pytest

from appliance.catalog import lessons, records
from appliance.model import LessonState
from appliance.selection import certificates


@pytest.mark.clause("W5")
def test_a_lesson_on_show_is_watched_without_an_account_and_one_that_is_not_is_not_there(
    visitor, office_station
) -> None:
    clerk, boss, stranger = visitor("clerk"), visitor("approver"), visitor()
    catalog = office_station.catalog()
    with catalog.writing() as db:
        lessons.set_state(db, 1, LessonState.ACCEPTED)
    material = next(one.id for one in lessons.by_no(catalog.db, 1).materials if one.role == "video")
    assert [stranger.get(path).status_code for path in ("/showcase", "/showcase/1", f"/showcase/1/{material}")] == [
        200,
        404,
        404,
    ]
    assert clerk.post("/lessons/1/record", "/lessons/1", kind="on_show", value="展播").status_code == 409
    assert boss.post("/lessons/1/record", "/lessons/1", kind="on_show", value="展播").status_code == 303
    assert "分数的初步认识" in stranger.get("/showcase").get_data(as_text=True)
    part = stranger.get(f"/showcase/1/{material}", headers={"Range": "bytes=0-99"})
    assert (stranger.get("/showcase/1").status_code, part.status_code, len(part.data)) == (200, 206, 100)
    other = next(one.id for one in lessons.by_no(catalog.db, 1).materials if one.role == "plan")
    assert stranger.get(f"/showcase/1/{other}").status_code == 404


@pytest.mark.clause("W4")
def test_a_certificate_is_issued_printed_and_verified_by_anybody(visitor, office_station) -> None:
    clerk, boss, stranger = visitor("clerk"), visitor("approver"), visitor()
    with office_station.catalog().writing() as db:
        lessons.set_state(db, 1, LessonState.ACCEPTED)
    assert clerk.post("/certificates", "/certificates", lesson="1", honour="县级精品课").status_code == 403
    assert boss.post("/certificates", "/certificates", lesson="1", honour="县级精品课").status_code == 303
    page = boss.get("/certificates/1/paper")
    assert ("证　书" in page.get_data(as_text=True), "unsafe" in page.headers["Content-Security-Policy"]) == (
        True,
        False,
    )
    (made,) = [certificates.shown(office_station, row) for row in records.certificates(office_station.catalog().db)]
    good = stranger.get(f"/verify?number={made['number']}&check={made['check']}").get_data(as_text=True)
    bad = stranger.get(f"/verify?number={made['number']}&check=AAAA").get_data(as_text=True)
    assert ("证书有效" in good, "没有发过这样的证书" in bad) == (True, True)
