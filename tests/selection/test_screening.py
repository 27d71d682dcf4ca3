"""初筛: conflicts by the rules of trial sessions, opinions with every question answered, nothing changed afterwards."""

from __future__ import annotations

import json
import sqlite3

import pytest

from appliance import journal
from appliance.catalog import Catalog, arrivals, lessons, screenings
from appliance.errors import NotAllowed, NotFound, WrongUse
from appliance.model import LessonGuess, LessonState, Phase
from appliance.selection.decide import carry_out
from appliance.selection.screening import opinions, rounds
from appliance.station import Station
from tests.catalog.lesson_maker import material
from tests.conftest import run_lessonbox
from tests.selection.screenings import EDITION, FIRST, begun, designs, roster

ASKED = ("G4", "G5", "G6", "G7", "D4")


def sheet(
    says: str = "recommend", reason: str = "目标清楚", client: str = "client-1", **answers: str
) -> opinions.Sheet:
    return opinions.Sheet(says, reason, dict.fromkeys(ASKED, "yes") | answers, client)


@pytest.mark.clause("P3a")
def test_experts_of_the_school_those_who_coached_and_those_of_other_subjects_are_not_given_the_lesson(
    catalog: Catalog,
) -> None:
    given = begun(catalog)
    assert given.plan == {1: ["专家乙", "专家甲"], 2: given.plan[2], 3: ["专家丙", "专家甲"]}
    assert (len(given.plan[2]), given.short) == (2, {})


@pytest.mark.clause("P3a")
def test_every_question_is_answered_and_a_no_is_no_recommendation(catalog: Catalog) -> None:
    begun(catalog)
    mine = next(one for one in screenings.readings(catalog.db, 1) if one["expert"] == "专家甲")
    for wrong, said in (
        (opinions.Sheet("recommend", "好", {"G4": "yes"}, "client-1"), "G5 还没有回答；G6 还没有回答"),
        (sheet(reason=" "), "要写理由"), (sheet(says="maybe"), "要选 推荐、不推荐、待议 中的一个"),
        (sheet(G4="no"), "G4 答了“否”，不能推荐"), (sheet(E8="yes"), "没有“E8”这一条"),
    ):  # fmt: skip
        with pytest.raises(WrongUse, match=said):
            opinions.say(catalog, EDITION, mine["id"], "专家甲", wrong)
    opinions.say(catalog, EDITION, mine["id"], "专家甲", sheet())
    opinions.say(catalog, EDITION, mine["id"], "专家甲", sheet())
    assert catalog.db["opinion"].count == 1
    opinions.say(catalog, EDITION, mine["id"], "专家甲", sheet("against", "偏难", "client-2", G6="no"))
    now = screenings.reading(catalog.db, mine["id"])
    assert (now["says"], now["answers"]["G6"], catalog.db["opinion"].count) == ("against", "no", 2)
    assert journal.verify(catalog.db)[1] is None


@pytest.mark.clause("P3a")
def test_an_expert_has_only_their_own_readings(catalog: Catalog) -> None:
    begun(catalog)
    other = next(one for one in screenings.readings(catalog.db, 1) if one["expert"] != "专家甲")
    with pytest.raises(NotFound, match="没有这份评阅"):
        opinions.say(catalog, EDITION, other["id"], "专家甲", sheet())


@pytest.mark.clause("P3a")
def test_a_reading_that_was_taken_off_goes_to_another_and_never_back(catalog: Catalog) -> None:
    begun(catalog)
    roster(catalog, {"专家甲": "示例教研室", "专家乙": "示例教研室", "专家丙": "示例第一小学", "专家戊": "示例教研室"})
    off = next(one for one in screenings.readings(catalog.db, 1) if (one["lesson"], one["expert"]) == (1, "专家甲"))
    rounds.take_off(catalog, off["id"], "出差", "经办甲")
    given = rounds.fill_up(catalog, 1, (), "经办甲")
    assert (given.plan, given.short) == ({1: ["专家戊"]}, {})
    with pytest.raises(NotAllowed, match="已经收回"):
        rounds.take_off(catalog, off["id"], "再收", "经办甲")
    assert rounds.fill_up(catalog, 1, (), "经办甲").plan == {}


@pytest.mark.clause("P3a")
def test_what_was_said_of_a_design_stands_when_the_film_comes_and_not_when_the_design_was_sent_back(
    catalog: Catalog,
) -> None:
    begun(catalog)
    for row in screenings.readings(catalog.db, 1):
        opinions.say(catalog, EDITION, row["id"], row["expert"], sheet(client=f"client-{row['id']}"))
    for no, returned in ((1, False), (2, True)):
        with catalog.writing() as db:
            carry_out(db, no, "screen", "经办甲", "", "design_first")
            if returned:
                carry_out(db, no, "return", "经办甲", "环节不全", "design_first")
            given = LessonGuess(lessons.by_no(db, no).identity, (material(db, "plan", f"new {no}", "教学设计.docx"),))
            arrivals.save_guess(db, None, given, Phase.DESIGN)
    now = {one.no: one.verdict for one in opinions.standings(screenings.readings(catalog.db, 1))}
    assert now == {1: "一致推荐", 2: "待齐", 3: "一致推荐"}


@pytest.mark.clause("P3a")
def test_a_round_says_of_each_lesson_what_its_experts_agree_on(catalog: Catalog) -> None:
    begun(catalog)
    words = {1: ("recommend", "recommend"), 2: ("recommend", "unsure"), 3: ("against", "against")}
    before = {one.no: one.verdict for one in opinions.standings(screenings.readings(catalog.db, 1))}
    for no, says in words.items():
        mine = [one for one in screenings.readings(catalog.db, 1) if one["lesson"] == no]
        for row, word in zip(mine, says, strict=True):
            opinions.say(catalog, EDITION, row["id"], row["expert"], sheet(word, client=f"client-{row['id']}"))
    after = {one.no: one.verdict for one in opinions.standings(screenings.readings(catalog.db, 1))}
    assert (before, after) == (dict.fromkeys((1, 2, 3), "待齐"), {1: "一致推荐", 2: "意见不一", 3: "一致不推荐"})
    rounds.close(catalog, 1, "经办甲")
    with pytest.raises(NotAllowed, match="已经结束"):
        opinions.say(catalog, EDITION, 1, screenings.reading(catalog.db, 1)["expert"], sheet(client="client-99"))


def test_what_cannot_be_screened_is_refused_and_nothing_is_given(catalog: Catalog) -> None:
    roster(catalog)
    first, second, _ = designs(catalog)
    with catalog.writing() as db:
        lessons.set_state(db, second, LessonState.TRIAL)
    for asked, said in (
        (rounds.Asked("一", (first, second), 2, "春"), "不在初筛这一步"),
        (rounds.Asked("一", (first,), 2, "春", ("没有的人",)), "评委名册里没有"),
        (rounds.Asked("", (first,), 2, "春"), "要有名字"), (rounds.Asked("一", (first,), 0, "春"), "1 到 9 位"),
        (rounds.Asked("一", (first,), 2, " "), "种子不能是空的"),
    ):  # fmt: skip
        with pytest.raises((NotAllowed, NotFound, WrongUse), match=said):
            rounds.begin(catalog, asked, FIRST, EDITION, "经办甲")
    assert (catalog.db["screening"].count, catalog.db["reading"].count) == (0, 0)


@pytest.mark.parametrize("table", ["screening", "reading", "opinion", "reading_end"])
def test_what_was_said_is_never_changed(catalog: Catalog, table: str) -> None:
    begun(catalog)
    opinions.say(catalog, EDITION, 1, screenings.reading(catalog.db, 1)["expert"], sheet())
    rounds.take_off(catalog, 2, "出差", "经办甲")
    for deed in (f"delete from {table}", f"update {table} set by_user = 'x'"):
        with pytest.raises(sqlite3.DatabaseError, match="append-only"), catalog.writing() as db:
            db.execute(deed)


def test_the_commands_and_a_cut_before_the_commit(station: Station, catalog: Catalog) -> None:
    (station.home / "station.toml").write_text(
        (station.home / "station.toml").read_text() + 'profiles = ["subject=design_first"]\n'
    )
    roster(catalog)
    home, numbers = ("--home", station.home, "--json"), designs(catalog)
    words = ("screening", "begin", "小学数学初筛", "--seed", "春", "--lesson", *numbers, *home)
    assert (run_lessonbox(*words, failpoint="screening.before-commit").returncode, catalog.db["reading"].count) == (
        -9,
        0,
    )
    made = json.loads(run_lessonbox(*words).stdout)
    assert (made["screening"], made["short"]) == (1, {})
    expert = screenings.reading(catalog.db, 1)["expert"]
    answers = [f"{clause}=yes" for clause in ASKED]
    said = run_lessonbox(
        "screening", "say", 1, "--expert", expert, "--says", "recommend", "--reason", "好", "--answer", *answers, *home
    )
    assert json.loads(said.stdout) == {"reading": 1, "says": "recommend"}
    shown = json.loads(run_lessonbox("screening", "show", 1, *home).stdout)
    assert {one["verdict"] for one in shown["lessons"]} == {"待齐"}
    assert len(json.loads(run_lessonbox("screening", "codes", 1, *home).stdout)["codes"]) == 3
