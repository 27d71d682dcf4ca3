"""缺件一览 and 规则与量表: counts first, filters, and a trial of other rules that leaves no trace."""

from __future__ import annotations

import io
import re

import pytest

from appliance.catalog import incomplete
from tests.web import office
from tests.web.conftest import Visitor

HEAD = 'edition = "2024"\nlevel = "county"\nwho = "示例县教育局"\nwhen = 2024-06-20\nwhy = "示例"\n'
LONGER = HEAD + '[[change]]\nwhat = "checklist.approval.value"\nvalue = "demand"\nwhy = "示例理由"\n'


def tally(text: str) -> list[str]:
    return re.findall(r"<div><strong>(\d+)</strong>", text)


@pytest.mark.clause("W3")
def test_the_overview_counts_first_and_names_what_each_lesson_lacks(visitor):
    someone = visitor("clerk")
    text = someone.get("/missing").get_data(as_text=True)
    assert tally(text) == ["4", "4", "4", "1"]  # each sample lesson lacks its exercises
    assert text.count("缺</span>") == 5  # four cells and the legend
    assert "缺 4" in text  # in the head of the column
    assert text.count('<th scope="row"') == 4


@pytest.mark.parametrize(
    ("query", "counted"),
    [
        ("?state=complete", ["1", "1", "1", "1"]), ("?school=没有这样的学校", ["0", "0", "0", "0"]),
        ("?category=subject&only=lacking", ["4", "4", "4", "1"]), ("?category=special", ["0", "0", "0", "0"]),
    ],
)  # fmt: skip
def test_the_overview_is_filtered(visitor, query, counted):
    assert tally(visitor("clerk").get("/missing" + query).get_data(as_text=True)) == counted


def test_a_lesson_that_is_out_owes_nothing(visitor, office_station):
    office_station.catalog().db.execute("update lesson set state = 'rejected' where no = 1")
    assert tally(visitor("clerk").get("/missing").get_data(as_text=True)) == ["3", "3", "3", "1"]


def test_a_half_file_is_told_apart_from_a_missing_one_until_it_is_mended(visitor, office_station):
    db = office_station.catalog().db
    lesson = next(db.query("select no, revision from lesson where no = 1"))
    entry = next(db.query("select id from entry where fate = 'quarantined' and delivery = 1"))["id"]
    incomplete.add(db, entry, 1, lesson["revision"], "exercises", 1)
    someone = visitor("clerk")
    assert someone.get("/missing").get_data(as_text=True).count("不完整</span>") == 2  # the cell and the legend
    db.execute("update incomplete set role = 'plan'")  # whole, as the other materials say
    assert someone.get("/missing").get_data(as_text=True).count("不完整</span>") == 1


@pytest.mark.clause("W2")
def test_the_rules_stand_with_their_numbers_reasons_and_rubrics(visitor):
    text = visitor("approver").get("/rules").get_data(as_text=True)
    said = (
        "2024年基础教育精品课遴选", "没有加地方规则", "通知没有说片头算不算在内", "教学目标科学合理", "片头应写：教材版本、学科",
        "建议先交", "2024-10-31", "讲得准确",
    )  # fmt: skip
    assert [words for words in said if words not in text] == []


def test_local_rules_are_shown_with_who_when_why_and_what(visitor, office_station):
    (office_station.home / "editions" / "a.toml").write_text(LONGER, "utf-8")
    text = visitor("clerk").get("/rules").get_data(as_text=True)
    assert "县 示例县教育局 2024-06-20：示例" in text
    assert "核对清单 审批：没有答完只提醒 → 答完才能批" in text


def tried(someone: Visitor, edition: str, overlay: str = ""):
    token = re.search(r'name="csrf_token" value="([^"]+)"', someone.get("/help").get_data(as_text=True))[1]
    data = {"csrf_token": token, "edition": edition}
    if overlay:
        data["overlay"] = (io.BytesIO(overlay.encode()), "x.toml")
    return someone.client.post("/rules", data=data, content_type="multipart/form-data")


def test_another_edition_is_tried_and_nothing_is_written(visitor, office_station):
    someone = visitor("technician")
    before = (office_station.home / "catalog.db").stat().st_mtime_ns
    answer = tried(someone, "2023")
    text = answer.get_data(as_text=True)
    assert (answer.status_code, "4 节课例的结果会变" in text, "什么也没有改" in text) == (200, True, True)
    assert (office_station.home / "catalog.db").stat().st_mtime_ns == before
    assert "选的就是现在用的规则" in tried(someone, "2024").get_data(as_text=True)


def test_local_rules_can_be_tried_before_they_are_laid_and_a_mistake_is_told(visitor):
    someone = visitor("clerk")
    strict = HEAD + '[[change]]\nwhat = "materials.subject.form.production"\nvalue = "required"\nwhy = "示例理由"\n'
    assert "多了：" in tried(someone, "2024", strict).get_data(as_text=True)
    wrong = tried(someone, "2024", HEAD + 'colour = "red"\nchange = []\n')
    assert (wrong.status_code, "不认识的键：colour" in wrong.get_data(as_text=True)) == (400, True)
    assert tried(someone, "../2024").status_code == 400
    assert tried(someone, "2024", "x" * 120_000).status_code == 400


def test_every_role_may_look(visitor):
    paths = ("/missing", "/rules")
    assert {visitor(role).get(path).status_code for role in office.USERS for path in paths} == {200}
