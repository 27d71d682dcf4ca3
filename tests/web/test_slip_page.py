"""通知单 from 投递详情: two papers, prints counted, onto the stick on request, steps by program."""

from __future__ import annotations

import re

import pytest

from appliance.catalog import checks, drops, events
from appliance.intake.drops import usb
from appliance.model import Phase, Turn, Verdict
from tests.web import office


def test_the_second_print_is_marked_and_each_is_in_the_journal(visitor, db):
    clerk = visitor("clerk")
    pages = [clerk.get(f"/deliveries/1/slip?paper={paper}").get_data(as_text=True) for paper in ("a4", "80", "a4")]
    assert [re.findall(r"补打，第 (\d) 次打印", page) for page in pages] == [[], ["2"], ["3"]]
    assert ["size: 80mm" in page for page in pages] == [False, True, False]
    assert "打印过 3 次" in clerk.get("/deliveries/1").get_data(as_text=True)
    assert [row["kind"] for row in events.newest(db, 3)] == ["slip.print"] * 3


def test_the_code_on_the_screen_is_that_of_the_paper(visitor):
    clerk = visitor("clerk")
    shown = re.search(r'核对码 <span class="number">([0-9A-F-]{9})<', clerk.get("/deliveries/1").get_data(as_text=True))
    assert shown and f"核对码<br>{shown[1]}" in clerk.get("/deliveries/1/slip").get_data(as_text=True)


@pytest.mark.clause("W3")
def test_the_steps_stand_folded_on_the_screen_and_numbered_on_the_paper(visitor):
    clerk = visitor("clerk")
    screen = clerk.get("/deliveries/1").get_data(as_text=True)
    assert ("一步一步怎么改" in screen, "<h4>剪映</h4>" in screen, "<h4>Premiere</h4>" in screen) == (True, True, True)
    paper = clerk.get("/deliveries/1/slip?program=Premiere").get_data(as_text=True)
    assert ("用<bdi>Premiere</bdi>：<ol>" in paper, "剪映" in paper) == (True, False)


def test_the_slip_goes_onto_the_stick_when_it_is_there(visitor, office_station, db):
    clerk = visitor("clerk")
    refused = clerk.post("/deliveries/1/stick", "/deliveries/1")
    assert (refused.status_code, "还在收件" in refused.get_data(as_text=True)) == (409, True)
    stick = office_station.folder("drops/usb") / "示例中心校"
    stick.mkdir()
    (found,) = usb.find(office_station)
    row = next(db.query("select drop_ from delivery where no = 1"))
    db["drop_"].update(row["drop_"], {"identity": found.identity, "state": "done"})
    assert drops.get(db, row["drop_"])["present"] == 1
    done = clerk.post("/deliveries/1/stick", "/deliveries/1")
    assert (done.status_code, done.location) == (303, "/deliveries/1?written=1")
    assert "通知单已经写到 U 盘上" in clerk.get(done.location).get_data(as_text=True)
    (written,) = stick.iterdir()
    text = written.read_text("utf-8")
    assert ("<script" in text, "补打" in text, office.FPS.says in text) == (False, False, True)
    assert events.newest(db, 1)[0]["kind"] == "slip.to-stick"


def test_a_technician_does_not_write_to_sticks(visitor):
    assert visitor("technician").post("/deliveries/1/stick").status_code == 403


def test_a_first_answer_is_said_to_be_one_wherever_it_is_shown(visitor, db):
    row = next(db.query("select lesson, revision from check_run order by id limit 1"))
    run = (Phase.PRODUCTION, ("2024", "0" * 64), {}, Verdict.RETURN, [office.FPS], Turn.FIRST)
    checks.record(db, row["lesson"], row["revision"], *run)
    clerk = visitor("clerk")
    for path in (
        "/deliveries/1",
        f"/lessons/{row['lesson']}",
        f"/lessons/{row['lesson']}/evidence",
        "/deliveries/1/slip",
    ):
        assert "退回补正（初步检查）" in clerk.get(path).get_data(as_text=True), path
