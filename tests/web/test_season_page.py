"""日历 and the strip on the desk."""

from __future__ import annotations


def test_the_page_takes_dates_from_those_who_select_and_the_desk_shows_the_next(visitor) -> None:
    clerk, technician = visitor("clerk"), visitor("technician")
    assert clerk.post("/calendar", "/calendar", what="学校交设计", day="2031-09-10").status_code == 303
    assert technician.post("/calendar", "/calendar", what="别的", day="2031-09-10").status_code == 403
    assert "学校交设计" in clerk.get("/calendar").get_data(as_text=True)
    for key in ("notice/contact_form", "notice/recommended_by", "notice/confirmed_by"):
        assert clerk.post("/calendar/done", "/calendar", key=key, done="yes").status_code == 303
    assert "学校交设计" in clerk.get("/").get_data(as_text=True).partition("快到的日子")[2]
