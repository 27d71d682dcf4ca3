"""A session by the command line, as a clerk with a shell would run it; and a power cut in the middle of a score."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from appliance.catalog import Catalog, lessons, scores
from appliance.model import LessonState
from appliance.station import Station
from tests.conftest import answer, run_lessonbox
from tests.selection.sessions import JUDGES, give, lesson, opened, points
from tests.web.office import PASSWORD, add_user

ROOT = Path(__file__).parents[2]


def items(less: str = "0") -> list[str]:
    return [word for name, value in points(less).items() for word in ("--item", f"{name}={value}")]


@pytest.mark.clause("P3b", "P4", "W2")
def test_a_session_goes_from_its_making_to_a_ranking_that_a_school_recomputes(
    station: Station, catalog: Catalog, tmp_path: Path
) -> None:
    nos = [lesson(catalog, f"教师{name}") for name in "甲乙"]
    home = ("--home", station.home)
    session = answer("session", *home, "create", "第一场", "--category", "subject", "--leave-out", "8")["session"]
    answer("session", "add", session, *nos, *home)
    for judge in JUDGES[:3]:
        shown = answer("session", "judges", session, judge, "--school", "示例教研室", *home)
    assert (shown["judges"], shown["left_out"], len(shown["missing"])) == (sorted(JUDGES[:3]), ["8"], 6)
    drawn = answer("draw", session, "--seed", "八六一三", *home)
    assert sorted(one["no"] for one in drawn["order"]) == nos
    sheet = items()[:14]
    for no, less in ((nos[0], "0"), (nos[1], "1.5")):
        for judge in JUDGES[:3]:
            answer("score", session, no, "--judge", judge, *items(less)[:14], "--comment", "条理清楚", *home)
    answer("session", "close", session, *home)
    late = run_lessonbox("score", session, nos[0], "--judge", JUDGES[0], *sheet, *home)
    assert (late.returncode, "已经结束" in late.stderr) == (12, True)
    ranked = answer("rank", session, *home)
    # 85 of 90 points are 94.44 of 100; 83.5 of 90 are 92.78
    assert [(row["no"], row["score"]) for row in ranked["result"]] == [(nos[0], "94.44"), (nos[1], "92.78")]
    assert "本场不评：资源完整提交规范；其余折算成满分" in run_lessonbox("rank", session, *home).stdout
    printed = tmp_path / "排名.json"
    printed.write_text(json.dumps(ranked, ensure_ascii=False), "utf-8")
    command = [sys.executable, "-I", ROOT / "docs/recompute_ranking.py", printed]
    assert subprocess.run(command, capture_output=True).returncode == 0
    ranked["result"][0]["rank"] = 2
    printed.write_text(json.dumps(ranked, ensure_ascii=False), "utf-8")
    assert subprocess.run(command, capture_output=True).returncode == 1


@pytest.mark.parametrize("word", ["1=10.25", "1=abc", "1", "1=1e-9", "1=-1", "1=１", "x=1"])
def test_a_sheet_that_is_not_by_half_points_is_refused_and_nothing_is_recorded(
    station: Station, catalog: Catalog, word: str
) -> None:
    session = opened(catalog)
    sheet = ["--item", word, *items()[2:]]
    said = run_lessonbox("score", session, 1, "--judge", JUDGES[0], *sheet, "--home", station.home)
    assert (said.returncode, scores.of_session(catalog.db, session)) == (2, [])


def test_a_power_cut_before_the_commit_records_neither_score_nor_entry(station: Station, catalog: Catalog) -> None:
    session = opened(catalog)
    before = catalog.db.execute("select count(*) from event").fetchone()
    words = (
        "score",
        session,
        1,
        "--judge",
        JUDGES[0],
        *items(),
        "--comment",
        "条理清楚",
        "--id",
        "t-1",
        "--home",
        station.home,
    )
    assert run_lessonbox(*words, failpoint="journal.appended").returncode == -9
    assert (scores.of_session(catalog.db, session), catalog.db.execute("select count(*) from event").fetchone()) == (
        [],
        before,
    )
    assert (answer(*words)["version"], answer(*words)["version"]) == (1, 1)
    assert len(scores.of_session(catalog.db, session)) == 1


@pytest.mark.clause("P5a", "P5b")
def test_quotas_are_shown_and_checked_and_a_reason_is_recorded(station: Station, catalog: Catalog) -> None:
    home = ("--home", station.home)
    first, second = (lesson(catalog, f"教师{name}", state=LessonState.CANDIDATE) for name in "甲乙")
    with catalog.writing() as db:
        db.execute("update lesson set title = '分数的初步认识'")
    (station.home / "quota.toml").write_text('[[quota]]\ncategory = "subject"\nstage = "primary"\nnumber = 1\n')
    assert answer("quota", "show", "--province", "江西", *home)["provinces"] == {"江西": [450, 125, 25]}
    checked = run_lessonbox("quota", "check", *home, "--json")
    levels = [row["level"] for row in json.loads(checked.stdout)["remarks"]]
    assert (checked.returncode, levels) == (1, ["error", "warning", "info"])
    answer("quota", "allow", second, "--reason", "两种教法都有代表性", *home)
    (station.home / "quota.toml").write_text('[[quota]]\nratio = "1"\n')
    remarks = answer("quota", "check", *home)["remarks"]
    assert [row["level"] for row in remarks] == ["info", "info", "info"]
    assert remarks[1]["says"].endswith("理由：两种教法都有代表性")
    (station.home / "quota.toml").write_text("[[quota]]\nnumber = 1\nratio = 1\n")
    assert run_lessonbox("quota", "check", *home).returncode == 31
    assert lessons.by_no(catalog.db, first).state == LessonState.CANDIDATE


def test_a_full_session_gives_its_text_to_read(station: Station, catalog: Catalog) -> None:
    session = opened(catalog)
    for no in (1, 2, 3):
        give(catalog, session, no, *["0", "1", "2", "3", "4"])
    assert run_lessonbox("session", "close", session, "--home", station.home).returncode == 0
    text = run_lessonbox("rank", session, "--home", station.home).stdout
    assert (text.count("并列第 1 名"), text.count("还没有表决记录"), text.count("去掉最高")) == (3, 3, 6)


@pytest.mark.clause("W2")
def test_a_recusal_is_lifted_and_a_session_closed_with_the_password_of_a_second_person(
    station: Station, catalog: Catalog
) -> None:
    with catalog.writing() as db:
        for name in ("组长甲", "审批甲"):
            add_user(db, name, "approver")
    session, home = opened(catalog, head="组长甲"), ("--home", station.home)
    answer("session", "recuse", session, 1, "--judge", JUDGES[0], "--reason", "师徒关系", *home)
    override = ("session", "override", session, 1, "--judge", JUDGES[0], "--reason", "只听过一次讲座", "--by", "组长甲",
                "--second", "审批甲", *home)  # fmt: skip
    wrong = run_lessonbox(*override, text="wrong password\n")
    assert (wrong.returncode, "另一个人的签名不对" in wrong.stderr) == (12, True)
    assert run_lessonbox(*override, text=f"{PASSWORD}\n").returncode == 0
    answer("draw", session, "--seed", "八六一三", *home)
    assert "只有组长组长甲可以放行" in run_lessonbox("session", "release", session, "--by", "审批甲", *home).stderr
    release = ("session", "release", session, "--by", "组长甲")
    assert "前 3 节还有 15 份没打好" in run_lessonbox(*release, *home).stderr
    assert answer(*release, "--reason", "停电", *home)["recused"] == []
    close = ("session", "close", session, "--by", "审批甲", "--reason", "停电", "--second", "组长甲", *home)
    assert run_lessonbox(*close, text=f"{PASSWORD}\n").returncode == 0
    locked = answer("rank", session, *home)["locked"]
    assert (locked["by"], locked["second"], locked["reason"]) == ("审批甲", "组长甲", "停电")
