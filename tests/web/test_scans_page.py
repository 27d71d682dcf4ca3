"""扫描件: brought and picked on the page, shown as a picture beside the record, told in 缺件一览 and 核对并审批."""

from __future__ import annotations

import io
import re

import pytest

from appliance.catalog import events, lessons, scans
from appliance.model import LessonState
from appliance.selection import scans as stamped
from tests.probes.pdf_maker import LOCKED, pdf
from tests.web import films
from tests.web.conftest import Visitor

JPEG = b"\xff\xd8\xff"


def send(who: Visitor, no: int, data: bytes, name: str = "推荐表.pdf", **more: str):
    page = who.get(f"/lessons/{no}/scans").get_data(as_text=True)
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    form = {"csrf_token": token[1] if token else "", "kind": "school_says", "scan": (io.BytesIO(data), name), **more}
    return who.client.post(f"/lessons/{no}/scans", data=form, content_type="multipart/form-data")


@pytest.mark.clause("P2")
def test_a_pdf_is_brought_and_its_first_page_stands_beside_the_record(visitor, office_station) -> None:
    clerk = visitor("clerk")
    assert send(clerk, 4, pdf(["推荐表"])).status_code == 303
    shown = clerk.get("/lessons/4").get_data(as_text=True)
    assert ("/lessons/4/scans/3/picture" in shown, "学校推荐表（盖章扫描件）" in shown) == (True, True)
    picture = clerk.get("/lessons/4/scans/3/picture")
    assert (picture.status_code, picture.mimetype, picture.data[:3]) == (200, "image/jpeg", JPEG)
    whole = clerk.get("/lessons/4/scans/3/file")
    assert (whole.data, whole.mimetype, "attachment" in whole.headers["Content-Disposition"]) == (
        pdf(["推荐表"]), "application/pdf", True,
    )  # fmt: skip
    assert [row["kind"] for row in events.about(office_station.catalog().db, "lesson/4")][-3:] == [
        "record.scan", "original.view", "original.download",
    ]  # fmt: skip


def test_a_newer_one_is_shown_and_the_older_one_can_still_be_taken(visitor, office_station) -> None:
    clerk = visitor("clerk")
    send(clerk, 4, pdf(["推荐表"]))
    send(clerk, 4, films.picture("1x1"), "盖好章的.jpg")
    text = clerk.get("/lessons/4/scans").get_data(as_text=True)
    assert re.findall(r'src="/lessons/4/scans/(\d+)/picture"', text) == ["4"]
    assert ("以前的 1 份" in text, clerk.get("/lessons/4/scans/3/file").status_code) == (True, 200)
    assert clerk.get("/lessons/4/scans/4/picture").data == films.picture("1x1")


def test_a_pdf_that_cannot_be_drawn_is_still_there_to_be_taken(visitor) -> None:
    clerk = visitor("clerk")
    assert send(clerk, 4, pdf(["推荐表"], LOCKED)).status_code == 303
    assert [clerk.get(f"/lessons/4/scans/3/{way}").status_code for way in ("picture", "file")] == [404, 200]


@pytest.mark.parametrize(
    ("data", "status"), [(b"", 400), (b"<html>", 400), (b"\xff\xd8\xff" + bytes(30_000_000), 413)],
    ids=["none", "no picture", "huge"],
)  # fmt: skip
def test_another_file_is_refused_in_words_and_nothing_is_changed(visitor, office_station, data, status) -> None:
    assert send(visitor("clerk"), 4, data).status_code == status
    assert scans.of_lesson(office_station.catalog().db, 4) == {}


@pytest.mark.fault("H15")
def test_a_scan_is_seen_by_those_who_decide_and_only_with_its_own_lesson(visitor) -> None:
    clerk, technician = visitor("clerk"), visitor("technician")
    send(clerk, 4, pdf(["推荐表"]))
    assert [technician.get(f"/lessons/4/scans{way}").status_code for way in ("", "/3/picture", "/3/file")] == [403] * 3
    assert [clerk.get(f"/lessons/{no}/scans/3/file").status_code for no in (4, 3, 99)] == [200, 404, 404]
    assert "/lessons/4/scans" not in technician.get("/lessons/4").get_data(as_text=True)


@pytest.mark.clause("P2")
def test_where_the_rules_ask_for_it_the_overview_and_the_approval_say_that_it_is_missing(
    visitor, office_station
) -> None:
    (office_station.home / "editions/county.toml").write_text(
        'edition = "2024"\nlevel = "county"\nwho = "示例县教育局"\nwhen = 2024-06-20\nwhy = "县里要盖章的推荐表"\n'
        '[[change]]\nwhat = "selection.scans.kinds.school_says.need"\nvalue = "required"\nwhy = "审批要看"\n'
    )
    clerk, boss, db = visitor("clerk"), visitor("approver"), office_station.catalog().db
    with office_station.catalog().writing() as writing:
        lessons.set_state(writing, 4, LessonState.COMPLETE)
    head = re.search(
        r"学校推荐表（盖章扫描件）<span class=\"second\">缺 (\d)", clerk.get("/missing").get_data(as_text=True)
    )
    assert head is not None and int(head[1]) == lessons.count(db) - 1  # the sample has one
    assert "还没有学校推荐表（盖章扫描件），现在不能审批" in boss.get("/approvals/4").get_data(as_text=True)
    assert boss.post("/lessons/4/decide", "/lessons/4", kind="approve").status_code == 409
    send(clerk, 4, pdf(["推荐表"]))
    assert stamped.objection(db, office_station.edition(), 4) is None
    assert boss.post("/lessons/4/decide", "/lessons/4", kind="approve").status_code == 303
