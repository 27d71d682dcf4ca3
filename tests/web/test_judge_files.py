"""What a judge may look at beside the sheet: copies without names, of the revision that the session is about."""

from __future__ import annotations

import io

import pytest
from docx import Document

from appliance import judge_codes
from appliance.catalog import arrivals, checks, lessons
from appliance.model import LessonGuess, Phase
from appliance.selection import recusal, tablet
from tests.catalog.lesson_maker import material
from tests.selection.sessions import JUDGES, opened

pytestmark = pytest.mark.clause("P3b")
NAMES = "分数的初步认识 示例第一小学 教师甲"


@pytest.fixture
def judge(visitor, office_station):
    """(a judge who has entered and declared, the session, its first lesson, whose plan is a real document)."""
    catalog = office_station.catalog()
    session = opened(catalog)
    no = int(catalog.db.execute("select min(lesson) from session_lesson where session = ?", [session]).fetchone()[0])
    plan = lessons.by_no(catalog.db, no).materials[0]
    document = Document()
    document.add_paragraph(NAMES)
    document.core_properties.author = "教师甲"
    path = office_station.store().path(plan.sha256)
    path.parent.mkdir(parents=True, exist_ok=True)
    document.save(str(path))
    with catalog.writing() as db:
        checks.save_media(db, plan.sha256, {"kind": "document", "type": "docx"}, {})
    someone = visitor()
    someone.post("/judge/enter", "/judge", code=judge_codes.make(catalog, JUDGES[0], "经办甲").code)
    tablet.declare(catalog, session, JUDGES[0], [], [])
    return someone, catalog, session, no, plan.id


def test_a_judge_reads_the_design_without_names_and_the_journal_says_so(judge) -> None:
    someone, catalog, session, no, plan = judge
    text = someone.get(f"/judge/{session}/{no}").get_data(as_text=True)
    assert ("这节课的材料（1 份，没有名字）" in text, "教师甲" in text, "示例第一小学" in text) == (True, False, False)
    words = someone.get(f"/judge/{session}/{no}/{plan}/text").get_data(as_text=True)
    assert "<bdi>分数的初步认识 ＊＊＊＊＊＊ ＊＊＊</bdi>" in words
    answer = someone.get(f"/judge/{session}/{no}/{plan}")
    copy = Document(io.BytesIO(answer.data))
    assert [one.text for one in copy.paragraphs] == ["分数的初步认识 ＊＊＊＊＊＊ ＊＊＊"]
    assert (copy.core_properties.author, answer.headers["Content-Disposition"].count("教师")) == ("", 0)
    noted = catalog.db.execute("select actor from event where kind = 'judge.read'").fetchall()
    assert noted == [(JUDGES[0],)]


def test_what_was_handed_in_later_is_not_what_is_judged(judge) -> None:
    someone, catalog, session, no, plan = judge
    with catalog.writing() as db:
        new = material(db, "plan", "changed", "教学设计.docx")
        arrivals.save_guess(db, None, LessonGuess(lessons.by_no(db, no).identity, (new,)), Phase.DESIGN)
    later = lessons.by_no(catalog.db, no).materials[0].id
    assert (later != plan, someone.get(f"/judge/{session}/{no}/{plan}").status_code) == (True, 200)
    assert someone.get(f"/judge/{session}/{no}/{later}").status_code == 404


def test_a_recused_judge_and_a_stranger_read_nothing(judge, visitor) -> None:
    someone, catalog, session, no, plan = judge
    path = f"/judge/{session}/{no}/{plan}"
    assert [visitor("clerk").get(path + end).status_code for end in ("", "/text")] == [403, 403]
    assert someone.get(f"/judge/1/{no}/{plan}").status_code == 404
    recusal.declare(catalog, session, no, JUDGES[0], "师徒关系", JUDGES[0])
    assert [someone.get(path + end).status_code for end in ("", "/text")] == [409, 409]
