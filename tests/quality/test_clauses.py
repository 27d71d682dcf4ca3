"""The clause table is complete: what is decided is shown by a test, what is named is there."""

from __future__ import annotations

import pytest

from appliance.rules.load import load
from tests.quality.clauses import main, rows
from tests.quality.marks import ROOT, shown_by
from tests.quality.served import LATER, SERVED
from tests.quality.used import USED

EDITION = load("2024")
ROWS = {row.clause: row for row in rows(EDITION)}
NOTICE = (
    *(f"G{n}" for n in range(1, 9)), "P1", "P2", "P3a", "P3b", "P3c", "P4", "P5a", "P5b", "P5c", "P6",
    *(f"W{n}" for n in range(1, 6)), "O1", "O2", "A1", "A2", "A3", *(f"V{n}" for n in range(1, 6)), "C1", "C2",
    *(f"D{n}" for n in range(1, 7)), *(f"E{n}" for n in range(1, 13)), "附件2", "R1", "R2", "R3", "附件4",
)  # fmt: skip


def test_the_edition_knows_every_clause_of_the_notice_and_no_other() -> None:
    assert tuple(EDITION.clauses) == NOTICE


@pytest.mark.parametrize("clause", NOTICE)
def test_what_is_decided_is_shown_by_a_test_and_what_is_not_says_so(clause: str) -> None:
    row = ROWS[clause]
    assert row.shows or not row.decides
    assert row.decides or row.later


def test_what_serves_a_clause_is_there_and_what_comes_later_is_not_claimed() -> None:
    served = [one for several in SERVED.values() for one in several]
    assert [one.where for one in served if not (ROOT / one.where).exists()] == []
    assert {*SERVED, *LATER} - set(NOTICE) == set()
    assert [clause for clause in LATER if ROWS[clause].decides] == []


def test_the_countys_own_work_names_its_pages_and_commands_and_the_tests_that_show_it() -> None:
    own = ("P2", "P3a", "P3b", "P3c", "P5b", "P5c", "W2", "W4", "R1", "R2", "R3", "O1", "O2")
    assert tuple(USED) == own
    assert [clause for clause in own if not all(USED[clause]) or not ROWS[clause].shows] == []
    assert ROWS["P5b"].used == "页面 遴选；命令 lessonbox quota、lessonbox board"


def test_every_mark_names_a_clause_of_the_notice() -> None:
    assert set(shown_by()) - set(NOTICE) == set()


def test_the_command_prints_a_line_for_each_and_says_what_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--short"]) == 0
    told = capsys.readouterr().out
    assert [clause for clause in NOTICE if f"\n{clause}  " not in f"\n{told}"] == []
    assert "还没有的 0 条" in told
