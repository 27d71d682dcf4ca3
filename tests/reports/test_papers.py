"""Papers of a session and of what goes up: what stands on them, what must not, and that nothing on them runs."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.workbook.defined_name import DefinedName

from appliance.catalog import Catalog, lessons, mending
from appliance.errors import NotAllowed, SettingsWrong
from appliance.model import LessonState
from appliance.reports import county_workbook, session_papers, summary
from appliance.reports.contact import FIELDS, contact_form
from appliance.reports.entry_sheet import entry_sheets
from appliance.reports.judge_sheets import judge_sheets
from appliance.rules.load import load
from appliance.selection import recusal, seating, trial
from appliance.station import Station
from tests.conftest import run_lessonbox
from tests.selection.sessions import JUDGES, give, lesson, opened, points, put

ONCE = {"填报单位": "示例县教育局", "填报日期": "2024-10-20", "年度": "2024年"}
EVIL = ('=HYPERLINK("http://x")', "+1+1", "-2", "@SUM(A1)", "<script>alert(1)</script>", "㛃䶮𬱖\u202e")


def played(catalog: Catalog) -> int:
    session = opened(catalog)
    trial.cast_lots(catalog, session, "春风 2024", "组长甲")
    for no, less in zip((1, 2, 3), ("0", "2", "1"), strict=True):
        give(catalog, session, no, less, less, less, less, less)
    trial.close(catalog, session, "组长甲")
    return session


@pytest.mark.clause("P3b", "W2")
def test_a_lot_sheet_prints_the_seed_and_every_number_to_recompute_it(catalog: Catalog) -> None:
    session = opened(catalog)
    with pytest.raises(NotAllowed, match="还没有抽签"):
        session_papers.lots(catalog, session)
    trial.cast_lots(catalog, session, "春风 2024", "组长甲")
    page = session_papers.lots(catalog, session)
    assert ("春风 2024" in page, len(re.findall(r">[0-9a-f]{64}<", page))) == (True, 3)


@pytest.mark.clause("R1", "P3b")
def test_score_sheets_are_one_a_judge_and_lesson_without_teacher_and_school(catalog: Catalog) -> None:
    session = opened(catalog)
    page = session_papers.score_sheets(catalog, session)
    assert page.count('<section class="sheet">') == 3 * len(JUDGES)
    assert ("示例第一小学" in page, page.count("<svg"), "合计（请评委自己加好）" in page) == (False, 15, True)
    seating.seat(catalog, session, seating.Person(JUDGES[0], "示例第一小学"), "经办甲")
    assert session_papers.score_sheets(catalog, session).count('<section class="sheet">') <= 3 * len(JUDGES)


@pytest.mark.clause("P3b", "W2")
def test_the_summary_of_a_session_says_how_each_rank_came_about(catalog: Catalog) -> None:
    page = session_papers.ranking(catalog, played(catalog))
    assert [f"<strong>{score}</strong>" in page for score in ("95.00", "93.00", "94.00")] == [True] * 3
    assert ("去掉最高分" in page, "评分指纹" in page, page.count('class="dropped"')) == (True, True, 6)


@pytest.mark.clause("P3b", "W2")
def test_a_judge_signs_what_the_box_holds_of_their_own_sheets_after_the_lock(catalog: Catalog) -> None:
    session = opened(catalog)
    with pytest.raises(NotAllowed, match="结束以前不看分"):
        judge_sheets(catalog, session)
    give(catalog, session, 1, "0", "2")
    put(catalog, session, 1, JUDGES[0], points("1"), "组长甲", reason="看错一项", comment="<b>㛃䶮</b>")
    recusal.declare(catalog, session, 2, JUDGES[0], "师徒关系", "经办甲")
    trial.close(catalog, session, "组长甲", "演练")
    first, second = judge_sheets(catalog, session).split('<section class="sheet">')[1:]
    assert [f"<strong>{n}</strong>" in first for n in ("94", "95")] == [True, False]
    assert ("&lt;b&gt;㛃䶮&lt;/b&gt;" in first, "更正：<bdi>看错一项</bdi>" in first) == (True, True)
    assert ("师徒关系" in first, first.count("没有打分"), second.count("没有打分")) == (True, 1, 2)
    assert ("<strong>93</strong>" in second, second.count("评委签名"), "示例第一小学" in second) == (True, 1, False)


@pytest.mark.clause("O2", "P5a")
@pytest.mark.fault("H7")
def test_our_workbook_holds_text_only_and_reads_back_equal() -> None:
    rows = [{"课名": text, "学校": "示例小学"} for text in EVIL]
    page = load_workbook(io.BytesIO(summary.workbook(rows, ["课名", "学校"], ONCE))).active
    read = [page.cell(4 + n, 2) for n in range(len(EVIL))]
    assert [cell.value for cell in read] == [*EVIL[:-1], "㛃䶮𬱖<U+202E>"]
    assert {cell.data_type for cell in read} == {"s"}


@pytest.mark.clause("O2")
def test_the_countys_own_workbook_is_filled_by_its_named_cells(tmp_path: Path) -> None:
    book = Workbook()
    page = book.active
    page.title = "汇总"
    page["B2"], page["A9"] = "单位：", "落款不动"
    for name, where in (("填报单位", "C2"), ("课名", "D5"), ("学校", "B5"), ("别的", "A1"), ("序号", "A5")):
        book.defined_names[name] = DefinedName(name, attr_text=f"'汇总'!${where[0]}${where[1:]}")
    book.save(tmp_path / "推荐汇总表.xlsx")
    rows = [{"课名": "分数的初步认识", "学校": "示例一小"}, {"课名": "=1+1", "学校": "示例二小"}]
    filled = load_workbook(io.BytesIO(county_workbook.filled(tmp_path / "推荐汇总表.xlsx", rows, ONCE)))["汇总"]
    found = [[filled[place].value for place in row] for row in (("A5", "D5", "B5"), ("A6", "D6", "B6"))]
    assert found == [["1", "分数的初步认识", "示例一小"], ["2", "=1+1", "示例二小"]]
    assert (filled["C2"].value, filled["A9"].value, filled["D6"].data_type) == ("示例县教育局", "落款不动", "s")


def test_a_workbook_without_names_that_we_know_is_refused(tmp_path: Path) -> None:
    Workbook().save(tmp_path / "a.xlsx")
    with pytest.raises(SettingsWrong, match="没有叫"):
        county_workbook.filled(tmp_path / "a.xlsx", [{"课名": "x"}], ONCE)
    (tmp_path / "b.xlsx").write_bytes(b"no workbook")
    with pytest.raises(SettingsWrong, match="读不了"):
        county_workbook.filled(tmp_path / "b.xlsx", [], ONCE)


@pytest.mark.clause("O2")
def test_an_entry_sheet_follows_the_order_of_the_edition_and_lists_the_files(catalog: Catalog) -> None:
    no = lesson(catalog, "教师甲", state=LessonState.APPROVED)
    with catalog.writing() as db:
        mending.set_identity(db, no, {"title": EVIL[4]}, "经办甲")
    edition = load("2024")
    page = entry_sheets(catalog, edition, [no])
    heads = re.findall(r'<th class="name">([^<]+)</th>', page)
    assert (heads, "教学设计.docx" in page) == (edition.selection["entry_sheet"]["fields"], True)
    assert ("<script>" in page, "&lt;script&gt;" in page) == (False, True)


@pytest.mark.clause("附件4", "O1")
def test_the_contact_form_has_every_field_of_annex_4_and_leaves_blank_what_is_not_known(tmp_path: Path) -> None:
    path = tmp_path / "contact.toml"
    path.write_text('unit = { name = "示例县教育局" }\n[administration.head]\nname = "某人"\nmobile = "00000000000"\n')
    page = contact_form(path)
    assert [page.count(f"<th>{head}</th>") for head, _ in FIELDS] == [2] * len(FIELDS)
    assert ("示例县教育局" in page, "00000000000" in page) == (True, True)
    assert "工作联系人信息表" in contact_form(tmp_path / "nothing.toml")
    path.write_text("people = 1\n")
    with pytest.raises(SettingsWrong, match="people"):
        contact_form(path)


def test_the_command_writes_papers_and_asks_for_the_number_that_it_needs(
    station: Station, catalog: Catalog, tmp_path: Path
) -> None:
    session, home = played(catalog), ("--home", station.home)
    approved = lesson(catalog, "教师丁", state=LessonState.APPROVED)
    for name, numbers in (
        ("lots", [session]),
        ("score-sheet", [session]),
        ("ranking", [session]),
        ("judge-sheets", [session]),
        ("contact", []),
        ("entry-sheet", []),
    ):
        out = tmp_path / f"{name}.html"
        assert run_lessonbox("report", name, *numbers, "--out", out, *home).returncode == 0
        assert out.read_text("utf-8").startswith("<!doctype html>")
    out = tmp_path / "汇总.xlsx"
    assert run_lessonbox("report", "summary", "--out", out, *home).returncode == 0
    page = load_workbook(out).active
    assert [page.cell(4, 8).value, page.max_row] == [lessons.by_no(catalog.db, approved).identity.title, 4]
    assert run_lessonbox("report", "ranking", "--out", out, *home).returncode == 2
