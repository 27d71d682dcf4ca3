"""登记: what may be written down, by whom; it is only ever added to."""

from __future__ import annotations

import json
import re
import sqlite3
from pathlib import Path

import pytest

from appliance import journal
from appliance.catalog import Catalog, arrivals
from appliance.catalog import records as catalog_records
from appliance.errors import NotAllowed, WrongUse
from appliance.model import Identity, LessonGuess, LessonState, Phase
from appliance.reports.entry_sheet import entry_sheets
from appliance.rules.load import load
from appliance.selection import certificates, records
from appliance.station import Station
from tests.conftest import run_lessonbox
from tests.selection.sessions import lesson

EDITION = load("2024")


@pytest.fixture
def approved(catalog: Catalog) -> int:
    return lesson(catalog, "教师甲", state=LessonState.APPROVED)


def held(catalog: Catalog, no: int) -> dict[str, str]:
    return {kind.kind: row["value"] for kind, row in records.told(catalog.db, no, EDITION) if row}


@pytest.mark.clause("P4", "P5a", "P6")
def test_results_from_above_are_written_down_and_the_last_word_holds(catalog: Catalog, approved: int) -> None:
    for value in ("推荐", "入选"):
        records.write_down(catalog, EDITION, approved, "result_ministry", value, "2024 年 12 月", "经办甲", "clerk")
    assert held(catalog, approved) == {"result_ministry": "入选"}
    assert catalog.db["record"].count == 2
    assert journal.verify(catalog.db)[1] is None


@pytest.mark.clause("E2", "E1")
def test_the_type_of_an_experiment_is_one_of_four_or_not_known_and_only_experiments_have_one(
    catalog: Catalog, approved: int
) -> None:
    kinds = {one.kind: one for one in records.kinds(EDITION)}
    assert (len(kinds["experiment_type"].values), kinds["experiment_type"].values[-1]) == (5, "未知")
    with pytest.raises(WrongUse, match="没有这样的登记"):
        records.write_down(catalog, EDITION, approved, "experiment_type", "跨学科实验", "", "经办甲")
    with catalog.writing() as db:
        db.execute("update lesson set category = 'experiment' where no = ?", [approved])
    with pytest.raises(WrongUse, match="只能是"):
        records.write_down(catalog, EDITION, approved, "experiment_type", "魔术", "", "经办甲")
    records.write_down(catalog, EDITION, approved, "experiment_type", "跨学科实验", "", "经办甲")
    assert held(catalog, approved) == {"experiment_type": "跨学科实验"}


@pytest.mark.clause("P2", "G8")
def test_the_schools_recommendation_and_what_was_signed_are_written_down(catalog: Catalog, approved: int) -> None:
    records.write_down(
        catalog, EDITION, approved, "school_says", "校内第 1 名，2024-06-20，有公章", "扫描件在其他材料里", "经办甲"
    )
    records.write_down(catalog, EDITION, approved, "declared", "收到", "", "经办甲")
    records.write_down(catalog, EDITION, approved, "consent", "没有学生出镜", "", "经办甲")
    assert held(catalog, approved) == {
        "school_says": "校内第 1 名，2024-06-20，有公章", "declared": "收到", "consent": "没有学生出镜",
    }  # fmt: skip


@pytest.mark.clause("W5")
def test_only_an_approver_puts_an_approved_lesson_on_show_and_off_again(catalog: Catalog, approved: int) -> None:
    early = lesson(catalog, "教师乙")
    with pytest.raises(NotAllowed, match="您的角色不能"):
        records.write_down(catalog, EDITION, approved, "on_show", "展播", "", "经办甲", "clerk")
    with pytest.raises(NotAllowed, match="审批通过的课例才能展播"):
        records.write_down(catalog, EDITION, early, "on_show", "展播", "", "审批甲", "approver")
    assert records.shown(catalog, EDITION) == []
    records.write_down(catalog, EDITION, approved, "on_show", "展播", "同意书齐", "审批甲", "approver")
    assert [one.no for one in records.shown(catalog, EDITION)] == [approved]
    records.write_down(catalog, EDITION, approved, "on_show", "不展播", "", "审批甲", "approver")
    assert records.shown(catalog, EDITION) == []


@pytest.mark.parametrize("table", ["record", "certificate", "certificate_end"])
def test_what_was_written_down_is_never_changed(station: Station, catalog: Catalog, approved: int, table: str) -> None:
    records.write_down(catalog, EDITION, approved, "result_city", "一等奖", "", "经办甲")
    certificates.issue(station, catalog, [approved], "县级精品课", "审批甲")
    certificates.revoke(catalog, 1, "写错", "审批甲")
    for deed in (f"delete from {table}", f"update {table} set by_user = 'x'"):
        with pytest.raises(sqlite3.DatabaseError, match="append-only"), catalog.writing() as db:
            db.execute(deed)


def test_the_commands(station: Station, catalog: Catalog, approved: int, tmp_path: Path) -> None:
    home = ("--home", station.home, "--json")
    told = json.loads(run_lessonbox("record", approved, "result_city", "一等奖", *home).stdout)
    assert {one["kind"]: one["value"] for one in told["records"]}["result_city"] == "一等奖"
    out = tmp_path / "证书.html"
    made = json.loads(
        run_lessonbox("certificate", "issue", approved, "--honour", "县级精品课", "--out", out, *home).stdout
    )
    (one,) = made["certificates"]
    assert (
        one["number"] in out.read_text(),
        run_lessonbox("certificate", "verify", one["number"], "--check", one["check"], *home).returncode,
    ) == (True, 0)
    assert run_lessonbox("certificate", "verify", one["number"], "--check", "XXXX-XXXX", *home).returncode == 11


@pytest.mark.clause("E2")
def test_what_the_schools_form_says_holds_until_the_office_writes_down_something_else(catalog: Catalog) -> None:
    identity = Identity(title="摆的快慢", category="experiment", stage="primary", teacher="教师甲", school="示例小学")

    def hand_in(value: str) -> int:
        guess = LessonGuess(identity, (), records={"experiment_type": value})
        with catalog.writing() as db:
            return arrivals.save_guess(db, None, guess, Phase.PRODUCTION)[0]

    no = hand_in("跨学科实验")
    assert [hand_in("跨学科实验"), hand_in("未知"), catalog.db["record"].count] == [no, no, 2]
    assert held(catalog, no) == {"experiment_type": "未知"}
    records.write_down(catalog, EDITION, no, "experiment_type", "课标原型实验", "", "经办甲")
    hand_in("跨学科实验")
    assert held(catalog, no) == {"experiment_type": "课标原型实验"}
    with catalog.writing() as db:
        arrivals.write_down_from_papers(db, no, {"experiment_type": ("跨学科实验", "申报表.docx")})
    assert held(catalog, no) == {"experiment_type": "课标原型实验"}
    sheet = re.sub(r"<(?!/?t[dh]\b)[^>]+>", "", entry_sheets(catalog, EDITION, [no]))
    assert re.findall(r"实验类型</th><td>([^<]*)</td>", sheet) == ["课标原型实验"]


@pytest.mark.clause("E2")
def test_what_a_paper_says_is_written_down_with_its_source_until_the_form_or_a_person_says_otherwise(
    catalog: Catalog,
) -> None:
    identity = Identity(title="摆的快慢", category="experiment", stage="primary", teacher="教师甲", school="示例小学")

    def hand_in(form: str = "", paper: str = "") -> tuple[str, str, str]:
        said = {"experiment_type": form} if form else {}
        with catalog.writing() as db:
            no = arrivals.save_guess(db, None, LessonGuess(identity, (), records=said), Phase.PRODUCTION)[0]
            told = {"experiment_type": (paper, "申报表.docx")} if paper else {}
            arrivals.write_down_from_papers(db, no, told)
        (row,) = catalog_records.of_lesson(catalog.db, no)
        return row["value"], row["by_user"], row["note"]

    source = ("申报表", "读自“申报表.docx”")
    assert hand_in(paper="跨学科实验") == ("跨学科实验", *source)
    assert hand_in(paper="课标原型实验") == ("课标原型实验", *source)
    assert hand_in(form="未知", paper="跨学科实验") == ("未知", "提交单", "")
    assert hand_in(paper="跨学科实验") == ("未知", "提交单", "")
    assert catalog.db["record"].count == 3
