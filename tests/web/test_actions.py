"""What people do on the pages, and that it is what the commands do."""

from __future__ import annotations

import pytest

from appliance import journal, passwords
from appliance.catalog import checks, deliveries, drops, events, lessons, pages, users
from appliance.model import LessonState, Verdict
from tests.web import office

RETURNED, ASKED, ACCEPTED, COMPLETE = 1, 2, 3, 4  # lessons of the sample office


def newest_events(db, count: int = 1) -> list[tuple[str, str, str]]:
    return [(row["kind"], row["subject"], row["actor"]) for row in events.newest(db, count)]


def test_two_persons_approve_and_the_same_one_twice_is_refused_with_the_reason(visitor, db):
    first, second = visitor("approver"), visitor(name="审批乙")
    decide = f"/lessons/{COMPLETE}/decide"
    assert first.post(decide, kind="approve").location == "/approvals"
    assert "审批甲 已批，还差一人" in first.get("/approvals").get_data(as_text=True)
    assert "您已经批过一次，不能再批" in first.get(f"/approvals/{COMPLETE}").get_data(as_text=True)
    again = first.post(decide, kind="approve")
    assert (again.status_code, "审批要由两个人做" in again.get_data(as_text=True)) == (409, True)
    assert lessons.by_no(db, COMPLETE).state == LessonState.COMPLETE
    second.post(decide, kind="approve")
    assert lessons.by_no(db, COMPLETE).state == LessonState.APPROVED
    assert newest_events(db) == [("decide.approve", f"lesson/{COMPLETE}", "审批乙")]


@pytest.mark.parametrize("role", ["clerk", "technician"])
def test_only_an_approver_approves(visitor, db, role):
    answer = visitor(role).post(f"/lessons/{COMPLETE}/decide", kind="approve")
    assert (answer.status_code, lessons.by_no(db, COMPLETE).state) == (409, LessonState.COMPLETE)


def test_a_return_needs_a_reason_and_is_journalled(visitor, db):
    clerk, path = visitor("clerk"), f"/lessons/{COMPLETE}/decide"
    assert clerk.post(path, kind="return").status_code == 400
    assert clerk.post(path, kind="return", reason="请补签名").status_code == 303
    assert lessons.by_no(db, COMPLETE).state == LessonState.RETURNED
    assert "请补签名" in clerk.get(f"/lessons/{COMPLETE}").get_data(as_text=True)


def test_a_decision_that_does_not_exist_is_refused(visitor):
    assert visitor("approver").post(f"/lessons/{COMPLETE}/decide", kind="celebrate").status_code == 400


def test_a_wrong_school_is_mended_by_picking_and_the_lesson_is_queued_for_a_check(visitor, db):
    form = {"title": "分数的初步认识 0", "school": "示例第二小学", "category": "subject", "stage": "primary"}
    assert visitor("clerk").post(f"/lessons/{RETURNED}/mend", **form).location == f"/lessons/{RETURNED}"
    identity = lessons.by_no(db, RETURNED).identity
    assert (identity.school, identity.sources) == ("示例第二小学", {"school": "person:经办甲"})
    assert deliveries.row(db, 1)["state"] == "identified"
    assert newest_events(db) == [("mend", f"lesson/{RETURNED}", "经办甲")]


def test_mending_without_a_change_does_nothing(visitor, db):
    before = newest_events(db, 99)
    visitor("clerk").post(f"/lessons/{RETURNED}/mend", title="分数的初步认识 0")
    assert (newest_events(db, 99), deliveries.row(db, 1)["state"]) == (before, "checked")


@pytest.mark.parametrize("form", [{"category": "opera"}, {"stage": "x"}, {"special_kind": "x"}])
def test_words_that_the_edition_does_not_know_are_refused(visitor, form):
    assert visitor("clerk").post(f"/lessons/{RETURNED}/mend", **form).status_code == 400


def test_a_material_gets_another_role_and_period(visitor, db):
    material = next(m for m in lessons.by_no(db, RETURNED).materials if m.role == "slides")
    answer = visitor("clerk").post(f"/lessons/{RETURNED}/materials/{material.id}", role="exercises", period="2")
    assert answer.location == f"/lessons/{RETURNED}/mend#m{material.id}"
    mended = next(m for m in lessons.by_no(db, RETURNED).materials if m.id == material.id)
    assert (mended.role, mended.period) == ("exercises", 2)


@pytest.mark.parametrize("form", [{"role": "opera"}, {"role": "plan", "period": "0"}, {"role": "plan", "period": "x"}])
def test_a_role_or_period_that_does_not_exist_is_refused(visitor, db, form):
    material = lessons.by_no(db, RETURNED).materials[0].id
    assert visitor("clerk").post(f"/lessons/{RETURNED}/materials/{material}", **form).status_code == 400


def test_a_lesson_that_two_persons_approved_cannot_be_mended(visitor, db):
    answer = visitor("clerk").post(f"/lessons/{ACCEPTED}/mend", school="别的学校")
    assert (answer.status_code, "审批通过以后不能再改" in answer.get_data(as_text=True)) == (409, True)


def test_a_technician_cannot_mend(visitor):
    assert visitor("technician").post(f"/lessons/{RETURNED}/mend", school="x").status_code == 403


def test_what_could_not_be_determined_is_waived_with_a_reason_and_a_hard_error_never(visitor, db):
    clerk, path = visitor("clerk"), f"/lessons/{ASKED}/waive"
    card = {"rule": office.CARD.rule, "material": office.CARD.material}
    assert clerk.post(path, **card).status_code == 400
    assert clerk.post(path, reason="看过，是片头", **card).status_code == 303
    assert lessons.by_no(db, ASKED).verdict == Verdict.PASS
    assert [f.waived for f in checks.latest(db, ASKED)["findings"]] == ["经办甲：看过，是片头"]
    hard = {"rule": office.FPS.rule, "material": office.FPS.material, "reason": "算了"}
    assert clerk.post(f"/lessons/{RETURNED}/waive", **hard).status_code == 409


def test_a_trouble_stays_on_the_desk_until_somebody_has_read_it(visitor, db):
    clerk = visitor("clerk")
    gone = drops.find(db, "usb", "sample-2")
    assert "拔得太早" in clerk.get("/").get_data(as_text=True)
    clerk.post(f"/desk/read/{gone['id']}", at=gone["updated_at"])
    assert "拔得太早" not in clerk.get("/").get_data(as_text=True)


def test_the_living_part_of_the_desk_is_sent_only_when_it_changed(visitor, db):
    clerk = visitor("clerk")
    db.execute("update drop_ set state = 'done', present = 0")
    first = clerk.get("/desk/live")
    mark = first.get_data(as_text=True).partition('name="seen" value="')[2].partition('"')[0]
    assert clerk.get(f"/desk/live?seen={mark}").status_code == 204
    deliveries.set_fate(db, 1, "quarantined", "坏了")
    assert clerk.get(f"/desk/live?seen={mark}").status_code == 200


def test_a_parked_delivery_is_tried_again_by_a_technician(visitor, db):
    db.execute("update delivery set state = 'parked', error = '检查程序退出' where no = 1")
    assert "停下来了" in visitor("clerk").get("/").get_data(as_text=True)
    assert visitor("clerk").post("/deliveries/1/again").status_code == 403
    assert visitor("technician").post("/deliveries/1/again").status_code == 303
    assert deliveries.row(db, 1)["state"] == "identified"
    assert visitor("technician").post("/deliveries/1/again").status_code == 409


def test_a_technician_adds_resets_changes_and_disables_users(visitor, db):
    technician = visitor("technician")
    new = {"name": "经办乙", "shown": "经办乙", "role": "clerk", "password": "long enough"}
    assert technician.post("/users", **new).status_code == 303
    assert technician.post("/users", **new).status_code == 409
    technician.post("/users/经办乙/password", password="longer enough")
    technician.post("/users/经办乙/role", role="approver")
    technician.post("/users/经办乙/disabled", disabled="1")
    row = users.by_name(db, "经办乙")
    assert (row["role"], row["disabled"], passwords.matches(row["password"], "longer enough")) == ("approver", 1, True)
    kinds = ["user.disable", "user.role", "user.password", "user.create"]
    assert newest_events(db, 4) == [(kind, "user/经办乙", "技术员甲") for kind in kinds]


def test_the_last_technician_can_neither_be_disabled_nor_demoted(visitor):
    technician = visitor("technician")
    answers = [
        technician.post("/users/技术员甲/disabled", disabled="1"),
        technician.post("/users/技术员甲/role", role="clerk"),
    ]
    assert [answer.status_code for answer in answers] == [409, 409]


def test_one_changes_ones_own_password_and_stays_signed_in(visitor):
    clerk, elsewhere = visitor("clerk"), visitor("clerk")
    wrong = clerk.post("/account", old="wrong one", new="another password", again="another password")
    differs = clerk.post("/account", old=office.PASSWORD, new="another password", again="another passwort")
    right = clerk.post("/account", old=office.PASSWORD, new="another password", again="another password")
    assert [answer.status_code for answer in (wrong, differs, right)] == [400, 400, 303]
    assert [clerk.get("/").status_code, elsewhere.get("/").status_code] == [200, 303]


def test_the_backup_button_makes_a_copy_and_says_so_in_the_journal(visitor, db, office_station):
    visitor("technician").post("/doctor/backup")
    assert len(list((office_station.home / "backup").glob("catalog-*.db"))) == 1
    assert newest_events(db) == [("backup", "catalog", "技术员甲")]


def test_the_journal_page_verifies_the_chain_and_names_the_first_bad_entry(visitor, db):
    technician = visitor("technician")
    assert "日志链完整" in technician.post("/journal/verify").get_data(as_text=True)
    db.execute("update event set actor = '别人' where seq = 2")
    assert journal.verify(db)[1] == 2
    assert "日志链从第 2 条起对不上" in technician.post("/journal/verify").get_data(as_text=True)


def test_a_whole_receipt_number_leads_to_its_delivery(visitor):
    assert visitor("clerk").get("/search?q=360731-00002").location == "/deliveries/2"


def test_the_page_and_the_catalog_agree_on_waivers(visitor, db):
    visitor("clerk").post(f"/lessons/{ASKED}/waive", rule="title-card", material=office.CARD.material, reason="看过")
    card = pages.lesson_cards(db, [ASKED])[0]
    assert [f["waived"] for f in card["findings"]] == [f.waived for f in checks.latest(db, ASKED)["findings"]]
