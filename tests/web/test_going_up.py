"""报送材料: the county's own workbook is brought, looked at, kept; papers are handed out and printed."""

from __future__ import annotations

import io
import re

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.workbook.defined_name import DefinedName

from appliance.reports import going_up


def workbook(name: str) -> bytes:
    book = Workbook()
    book.active.title = "汇总"
    book.defined_names[name] = DefinedName(name, attr_text="'汇总'!$B$4")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def bring(visitor, data: bytes):
    token = re.search(r'name="csrf_token" value="([^"]+)"', visitor.get("/going-up").get_data(as_text=True))[1]
    form = {"csrf_token": token, "file": (io.BytesIO(data), "县里的表.xlsx")}
    return visitor.client.post("/going-up/template", data=form, content_type="multipart/form-data")


@pytest.mark.clause("O2")
def test_the_countys_workbook_is_kept_when_it_names_a_cell_that_we_know_and_filled(visitor, office_station) -> None:
    clerk = visitor("clerk")
    assert bring(clerk, b"no workbook").status_code == 400
    assert bring(clerk, workbook("电话")).status_code == 400
    assert not going_up.template_of(office_station).exists()
    assert bring(clerk, workbook("课名")).status_code == 303
    assert "按县里自己的表填：<bdi>课名</bdi>" in clerk.get("/going-up").get_data(as_text=True)
    got = clerk.get("/going-up/summary")
    assert "filename*=UTF-8''%E6%8E%A8" in got.headers["Content-Disposition"]
    assert load_workbook(io.BytesIO(got.data))["汇总"]["B4"].value == "分数的初步认识 2"


@pytest.mark.clause("G8", "O1")
@pytest.mark.parametrize("name", ["declaration?lesson=3", "consent?lesson=3", "entry", "contact"])
def test_papers_print_under_the_policy(visitor, name) -> None:
    answer = visitor("approver").get(f"/going-up/{name}")
    assert (answer.status_code, "unsafe" in answer.headers["Content-Security-Policy"]) == (200, False)


@pytest.mark.clause("G8")
def test_schools_print_blank_ones_without_signing_in(visitor) -> None:
    stranger = visitor()
    assert [stranger.get(f"/templates/sign/{name}").status_code for name in ("declaration", "consent", "x")] == [
        200,
        200,
        404,
    ]
