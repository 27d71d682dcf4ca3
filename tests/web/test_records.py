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
    assert [(row["kind"], row["actor"]) for row in catalog.db.query("select * from event where kind like 'show%'")] == [
        ("showcase.watch", "展播的观众")
    ]
    boss.get(f"/showcase/1/{material}", headers={"Range": "bytes=100-199"})
    assert catalog.db.execute("select count(*) from event where kind = 'showcase.watch'").fetchone()[0] == 1
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
    (made,) = [certificates.shown(row) for row in records.certificates(office_station.catalog().db)]
    good = stranger.get(f"/verify?number={made['number']}&check={made['check']}").get_data(as_text=True)
    bad = stranger.get(f"/verify?number={made['number']}&check=AAAA").get_data(as_text=True)
    assert ("证书有效" in good, "没有发过这样的证书" in bad) == (True, True)


def test_lessons_on_show_are_narrowed_by_words_and_by_chips_that_say_how_many(visitor) -> None:
    stranger = visitor()
    text = stranger.get("/showcase").get_data(as_text=True)
    assert ("共 1 节" in text, '三年级</bdi> <span class="number">1</span>' in text) == (True, True)
    found = {
        query: stranger.get(f"/showcase?{query}").get_data(as_text=True).count('href="/showcase/3"')
        for query in ("q=分数", "q=没有", "subject=数学", "subject=语文", "grade=三年级&q=教师", "stage=junior")
    }
    assert found == {
        "q=分数": 1, "q=没有": 0, "subject=数学": 1, "subject=语文": 0, "grade=三年级&q=教师": 1, "stage=junior": 0,
    }  # fmt: skip


@pytest.mark.clause("W4")
def test_guessing_certificates_is_stopped_after_ten_wrong_ones_and_asking_right_is_not_counted(
    visitor, office_station
) -> None:
    with office_station.catalog().writing() as db:
        lessons.set_state(db, 1, LessonState.ACCEPTED)
    (made,) = certificates.issue(office_station, office_station.catalog(), [1], "县级精品课", "审批甲")
    stranger, good = visitor(), f"/verify?number={made['number']}&check={made['check']}"
    assert [stranger.get(good).status_code for _ in range(12)] == [200] * 12
    wrong = [stranger.get(f"/verify?number={made['number']}&check=A{n}").status_code for n in range(12)]
    assert wrong == [200] * 10 + [429] * 2
    stopped = visitor().get(good)
    assert (stopped.status_code, "暂停查验" in stopped.get_data(as_text=True)) == (429, True)
    other = stranger.client.get(good, environ_base={"REMOTE_ADDR": "192.168.1.20"})
    assert "证书有效" in other.get_data(as_text=True)


def test_a_certificate_that_was_taken_back_prints_as_void_from_its_page(visitor, office_station) -> None:
    boss, catalog = visitor("approver"), office_station.catalog()
    with catalog.writing() as db:
        lessons.set_state(db, 1, LessonState.ACCEPTED)
    certificates.issue(office_station, catalog, [1], "县级精品课", "审批甲")
    certificates.revoke(catalog, 1, "姓名写错", "审批甲")
    assert "作废" in boss.get("/certificates/1/paper").get_data(as_text=True)
