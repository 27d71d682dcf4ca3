"""名册: bring a sheet, see the faults or the changes, accept. How the pages look and read is held by test_browser."""

from __future__ import annotations

import io
import re

import pytest

from appliance.catalog import rosters
from tests.web.office import HOSTILE

SHEET = "学校名称,别名,教育集团\n示例第一小学,一小、示例一小,示例集团\n示例镇中心小学㛃䶮,,\n"


def bring(visitor, text: str, name: str = "学校.csv", kind: str = "schools"):
    token = re.search(r'name="csrf_token" value="([^"]+)"', visitor.get("/rosters").get_data(as_text=True))
    data = {"csrf_token": token[1] if token else "", "file": (io.BytesIO(text.encode("gb18030")), name)}
    return visitor.client.post(f"/rosters/{kind}", data=data, content_type="multipart/form-data")


def test_a_sheet_is_looked_at_before_it_is_in_force(visitor, office_station) -> None:
    clerk = visitor("clerk")
    answer = bring(clerk, SHEET)
    assert (answer.status_code, answer.location) == (303, "/rosters/3")
    shown = clerk.get("/rosters/3").get_data(as_text=True)
    assert "增加 2 行" in shown and "启用这份名册" in shown
    assert clerk.post("/rosters/3/accept", "/rosters/3").status_code == 303
    catalog = office_station.catalog()
    assert [line["name"] for line in rosters.lines(catalog.db, "schools")] == ["示例第一小学", "示例镇中心小学㛃䶮"]
    assert rosters.in_force(catalog.db, "schools")["decided_by"] == "经办甲"


def test_faults_are_said_by_line_and_nothing_is_kept(visitor, office_station) -> None:
    answer = bring(visitor("clerk"), f"学校名称,名额\n{HOSTILE.replace(',', '')},很多\n")
    text = answer.get_data(as_text=True)
    assert (answer.status_code, "“名额”要写整数" in text, "第 2 行" in text) == (422, True, True)
    assert "<script>alert" not in text
    assert rosters.history(office_station.catalog().db)[2:] == []


@pytest.mark.parametrize(
    ("kind", "size", "status"), [("nothing", 100, 400), ("schools", 9_000_000, 413), ("schools", 7_000_000, 400)]
)
def test_a_wrong_kind_and_a_huge_file_are_refused(visitor, kind: str, size: int, status: int) -> None:
    assert bring(visitor("clerk"), "x" * size, kind=kind).status_code == status


def test_school_codes_are_picked_from_the_roster_in_force(visitor) -> None:
    clerk = visitor("clerk")
    bring(clerk, SHEET)
    clerk.post("/rosters/3/accept", "/rosters/3")
    before = clerk.get("/school-codes").get_data(as_text=True)
    assert "名册里还没有交件码的 2 所" in before
    paper = clerk.post("/school-codes", "/school-codes", picked="示例第一小学", schools="").get_data(as_text=True)
    assert "示例第一小学" in paper
    assert "名册里还没有交件码的 1 所" in clerk.get("/school-codes").get_data(as_text=True)
