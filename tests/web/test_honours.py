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


@pytest.mark.fault("H15")
def test_a_technician_does_not_see_results(visitor) -> None:
    assert visitor("technician").get("/honours").status_code == 403
