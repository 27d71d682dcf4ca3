"""体检: failures in plain words, taken away once seen; a report that names nobody."""

from __future__ import annotations

from tests.web import office


def test_a_part_that_was_given_up_is_told_by_what_it_does_until_somebody_has_seen_it(visitor, office_station) -> None:
    note = office_station.home / "run/failed-lessonbox-usb@sdb1"
    note.write_text("2024-05-18T14:30:00+08:00\n")
    technician = visitor("technician")
    assert "停止过：挂载 U 盘 sdb1 于 2024-05-18 14:30" in technician.get("/doctor").get_data(as_text=True)
    assert technician.post("/doctor/seen", "/doctor").location == "/doctor"
    assert not note.exists() and "故障看过了" not in technician.get("/doctor").get_data(as_text=True)
    kind = office_station.catalog().db.execute("select kind from event order by seq desc limit 1").fetchone()[0]
    assert kind == "failures.seen"


def test_the_report_tells_of_the_machine_and_names_nobody(visitor, office_station) -> None:
    answer = visitor("technician").get("/doctor/report")
    text = answer.get_data(as_text=True)
    assert (
        answer.headers["Content-Type"].startswith("text/plain")
        and "attachment" in answer.headers["Content-Disposition"]
    )
    assert [line for line in text.splitlines() if line[:2] in ("一、", "二、", "三、", "四、", "五、")] != []
    db = office_station.catalog().db
    named = {
        row[0]
        for row in db.execute(
            "select teacher from lesson union select school from lesson union select title from lesson"
        )
    }
    assert {
        name for name in named | set(office.USERS.values()) | {office_station.settings.name} if name and name in text
    } == set()


def test_only_a_technician_gets_the_report(visitor) -> None:
    assert visitor("clerk").get("/doctor/report").status_code == 403
