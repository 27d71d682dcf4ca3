"""历年结果: what was written down of results above, found by school and by teacher."""

from __future__ import annotations

import re

import pytest

from appliance.selection import records


@pytest.mark.clause("P6", "P4")
def test_results_of_all_years_are_listed_by_the_last_word_and_narrowed_to_a_school_and_a_teacher(
    visitor, office_station
) -> None:
    catalog, edition = office_station.catalog(), office_station.edition()
    clerk = visitor("clerk")
    assert "还没有登记过结果" in clerk.get("/honours").get_data(as_text=True)
    for no, kind, value in ((1, "result_city", "一等奖"), (1, "result_ministry", "推荐"), (1, "result_ministry", "入选"),
                            (2, "result_province", "二等奖"), (1, "declared", "收到")):  # fmt: skip
        records.write_down(catalog, edition, no, kind, value, "", "经办甲")
    with catalog.writing() as db:
        db.execute("update lesson set school = '示例第一小学', teacher = '教师甲' where no = 1")
        db.execute("update lesson set school = '示例第二小学', teacher = '教师乙' where no = 2")

    def values(query: str = "") -> list[str]:
        text = clerk.get(f"/honours?{query}").get_data(as_text=True)
        return re.findall(r"结果：<strong>(?:<bdi>)?(\w+)", text)

    assert values() == ["二等奖", "入选", "一等奖"]
    found = {
        query: values(query)
        for query in (
            "school=示例第一小学",
            "teacher=教师乙",
            "school=示例第二小学&teacher=教师甲",
            "q=第二",
            "level=部级结果",
            "year=1999",
        )
    }
    assert found == {
        "school=示例第一小学": ["入选", "一等奖"], "teacher=教师乙": ["二等奖"],
        "school=示例第二小学&teacher=教师甲": [], "q=第二": ["二等奖"], "level=部级结果": ["入选"], "year=1999": [],
    }  # fmt: skip


@pytest.mark.clause("P6")
def test_a_result_is_of_the_year_of_the_lesson_whenever_it_was_written_down(visitor, office_station) -> None:
    catalog, edition = office_station.catalog(), office_station.edition()
    with catalog.writing() as db:
        first = db.execute("select min(id) from check_run where lesson = 1").fetchone()[0]
        db.execute("update check_run set edition = '2023' where id = ?", [first])
        again = next(db.query("select * from check_run where lesson = 1 order by id limit 1"))
        db["check_run"].insert({**again, "id": None, "edition": "2024"})  # looked at again, beside a later lesson
        db.execute("delete from finding where check_run in (select id from check_run where lesson = 2)")
        db.execute("delete from check_run where lesson = 2")
    for no in (1, 2):
        records.write_down(catalog, edition, no, "result_city", "一等奖", "", "经办甲")
    assert [(row["no"], row["year"]) for row in records.results(catalog, edition)] == [(2, "2024"), (1, "2023")]
    text = visitor("clerk").get("/honours?year=2023").get_data(as_text=True)
    assert ("2023 年度" in text, "共有 1 项" in text or "找到 1 项" in text) == (True, True)


@pytest.mark.fault("H15")
def test_a_technician_does_not_see_results(visitor) -> None:
    assert visitor("technician").get("/honours").status_code == 403
