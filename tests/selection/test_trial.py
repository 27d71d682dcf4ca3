"""A session from its making to its lock, in a real catalog."""

from __future__ import annotations

import json
import sqlite3

import pytest

from appliance import journal
from appliance.catalog import Catalog, arrivals, lessons, mending
from appliance.errors import NotAllowed, NotFound, WrongUse
from appliance.model import LessonGuess, LessonState, Phase
from appliance.selection import recusal, scoresheet, seating, sheet, trial
from tests.catalog.lesson_maker import material
from tests.selection.sessions import JUDGES, give, lesson, opened, points, put


def closed(catalog: Catalog) -> int:
    """Lesson 1: 95 94 93 92 91 → 93; lesson 2: 90 five times; lesson 3: 90 too, with less process."""
    session = opened(catalog)
    give(catalog, session, 1, "0", "1", "2", "3", "4")
    give(catalog, session, 2, *["5"] * 5)
    give(catalog, session, 3, *["6"] * 5, more="1")
    trial.close(catalog, session, "经办甲")
    return session


def test_the_ranking_tells_dropped_scores_and_ties_in_sentences(catalog: Catalog) -> None:
    result = trial.ranking(catalog, closed(catalog))["result"]
    assert [(row["rank"], row["no"], row["score"]) for row in result] == [
        (1, 1, "93.00"),
        (2, 2, "90.00"),
        (3, 3, "90.00"),
    ]
    assert (
        result[0]["says"] == "第 1 名，93.00 分：5 位评委，去掉最高分（评委甲 95.00）和最低分（评委戊 91.00），3 位平均"
    )
    assert [(one["judge"], one["dropped"]) for one in result[0]["judges"] if one["dropped"]] == [
        ("评委戊", "最低"), ("评委甲", "最高"),
    ]  # fmt: skip
    assert [step["says"] for step in result[2]["ties"]] == [
        "第 2 号、第 3 号同分，比教学过程小计：第 2 号 40.00，第 3 号 39.00；高的在前"
    ]


def test_the_printed_input_alone_gives_the_ranking_again(catalog: Catalog) -> None:
    printed = json.loads(json.dumps(trial.ranking(catalog, closed(catalog)), ensure_ascii=False))
    assert sheet.result(printed["input"]) == printed["result"]
    printed["input"]["scores"].reverse()
    assert sheet.result(printed["input"]) == printed["result"]


@pytest.mark.clause("W2")
def test_nobody_sees_scores_before_the_lock_and_nobody_scores_after_it(catalog: Catalog) -> None:
    session = opened(catalog)
    with pytest.raises(NotAllowed, match="不看分"):
        trial.ranking(catalog, session)
    with pytest.raises(NotAllowed, match="还有 12 份评分没交：第 1 号 评委丁、第 1 号 评委戊、"):
        give(catalog, session, 1, "0", "0", "0")
        trial.close(catalog, session, "经办甲")
    trial.close(catalog, session, "经办甲", "停电，改日不再补")
    with pytest.raises(NotAllowed, match="已经结束"):
        put(catalog, session, 1, JUDGES[4], points(), JUDGES[4])
    rows = trial.ranking(catalog, session)["result"]
    assert [(row["no"], row["rank"], row["score"], len(row["not_scored"])) for row in rows] == [
        (1, 1, "95.00", 2), (2, None, None, 5), (3, None, None, 5),
    ]  # fmt: skip


def test_recorded_scores_cannot_be_changed_deleted_or_added_behind_the_lock(catalog: Catalog) -> None:
    session = closed(catalog)
    for statement in (
        "update score set items = '{}'", "delete from score", "update lock set by_user = 'x'", "delete from lock",
        "insert into score select null, session, lesson, judge, 9, items, revision, materials_sha256, by_user, reason,"
        " null, at, clock, comment from score limit 1",
        f"insert into recusal values (null, {session}, 1, '评委甲', 'declared', 'x', 'x', '', '')",
    ):  # fmt: skip
        with pytest.raises(sqlite3.IntegrityError):
            catalog.db.conn.execute(statement)


def test_a_judge_of_the_same_school_cannot_score_and_the_reason_is_said(catalog: Catalog) -> None:
    session = opened(catalog)
    seating.seat(catalog, session, seating.Person("评委己", "一小", [], ["教师乙"]), "经办甲")
    put(catalog, session, 1, "评委己", points(), "评委己")
    recusal.call_school(catalog, "示例第一小学", ["一小"], "", "经办甲")
    with pytest.raises(NotAllowed, match="同校：一小 = 示例第一小学"):
        put(catalog, session, 3, "评委己", points(), "评委己")
    give(catalog, session, 1, "5", "5", "5")
    trial.close(catalog, session, "经办甲", "其余不等")
    row = next(row for row in trial.ranking(catalog, session)["result"] if row["no"] == 1)
    assert (row["score"], [one["judge"] for one in row["recused"]]) == ("90.00", ["评委己"])


def test_a_teacher_put_right_later_recuses_the_judge_who_coached_that_teacher(catalog: Catalog) -> None:
    session = opened(catalog)
    seating.seat(catalog, session, seating.Person("评委己", "示例教研室", [], ["教师庚"]), "经办甲")
    with catalog.writing() as db:
        mending.set_identity(db, 1, {"teacher": "教师庚"}, "经办甲")
    with pytest.raises(NotAllowed, match="指导过教师庚"):
        put(catalog, session, 1, "评委己", points(), "评委己")


def test_a_declared_recusal_takes_two_others_to_lift(catalog: Catalog) -> None:
    session = opened(catalog)
    recusal.declare(catalog, session, 1, "评委甲", "师徒关系", "评委甲")
    with pytest.raises(NotAllowed, match="师徒关系"):
        put(catalog, session, 1, "评委甲", points(), "评委甲")
    for by, second in (("经办甲", ""), ("经办甲", " 经办甲 "), ("经办甲", "评委甲")):
        with pytest.raises(NotAllowed, match="两个人"):
            recusal.override(catalog, session, 1, "评委甲", "只听过一次讲座", by, second)
    recusal.override(catalog, session, 1, "评委甲", "只听过一次讲座", "经办甲", "审批甲")
    assert put(catalog, session, 1, "评委甲", points(), "评委甲")["version"] == 1


def test_lots_are_drawn_once_and_then_no_lesson_is_added(catalog: Catalog) -> None:
    session = opened(catalog)
    order = [int(no) for no, _ in trial.cast_lots(catalog, session, "八六一三", "经办甲")]
    assert sorted(order) == [1, 2, 3]
    with pytest.raises(NotAllowed, match="已经抽过签"):
        trial.cast_lots(catalog, session, "再来一次", "经办甲")
    with pytest.raises(NotAllowed, match="不能再加"):
        trial.add(catalog, session, [lesson(catalog, "教师丁")], "design_first", "经办甲")


def test_a_lesson_that_does_not_belong_is_refused_and_nothing_of_the_call_remains(catalog: Catalog) -> None:
    session = opened(catalog)
    good, early = lesson(catalog, "教师丁"), lesson(catalog, "教师戊", state=LessonState.SUBMITTED)
    homeless = lesson(catalog, "教师己", school="")
    for nos, said in (([good, early], "初筛"), ([good, homeless], "没有写学校"), ([good, 1], "已经排在第 1 场")):
        with pytest.raises(NotAllowed, match=said):
            trial.add(catalog, session, nos, "design_first", "经办甲")
    with pytest.raises(NotFound):
        trial.add(catalog, session, [good, 99], "design_first", "经办甲")
    assert trial.add(catalog, session, [good], "design_first", "经办甲")[0]["lesson"] == good


def test_a_revision_that_comes_under_a_score_is_told_and_the_score_stays_bound_to_what_was_judged(
    catalog: Catalog,
) -> None:
    session = closed(catalog)
    with catalog.writing() as db:
        plan = material(db, "plan", "changed", "教学设计.docx")
        identity = lessons.by_no(db, 2).identity
        arrivals.save_guess(db, None, LessonGuess(identity, (plan,)), Phase.DESIGN)
    data = trial.ranking(catalog, session)
    assert (data["changed"], data["locked"]["unchanged"]) == ([2], True)


def test_a_vote_is_held_among_equal_lessons_only_after_the_lock_and_without_recused_judges(catalog: Catalog) -> None:
    session = opened(catalog)
    for no in (1, 2):
        give(catalog, session, no, *["0"] * 5)
    recusal.declare(catalog, session, 3, "评委戊", "师徒关系", "评委戊")
    give(catalog, session, 3, *["0"] * 4)
    with pytest.raises(NotAllowed, match="结束"):
        scoresheet.vote(catalog, session, [1, 2, 3], {"评委甲": 1}, "经办甲")
    trial.close(catalog, session, "经办甲")
    assert [row["rank"] for row in trial.ranking(catalog, session)["result"]] == [1, 1, 1]
    with pytest.raises(NotAllowed, match="全部课例"):
        scoresheet.vote(catalog, session, [1, 2], {"评委甲": 1}, "经办甲")
    with pytest.raises(NotAllowed, match="评委戊要回避第 3 号"):
        scoresheet.vote(catalog, session, [1, 2, 3], {"评委戊": 1}, "经办甲")
    with pytest.raises(WrongUse, match="不在表决"):
        scoresheet.vote(catalog, session, [1, 2, 3], {"评委甲": 9}, "经办甲")
    scoresheet.vote(catalog, session, [1, 2, 3], {"评委甲": 2, "评委乙": 2, "评委丙": 1}, "经办甲")
    assert [row["no"] for row in trial.ranking(catalog, session)["result"]] == [2, 1, 3]


@pytest.mark.clause("W2")
def test_the_journal_tells_of_every_step_and_of_no_points(catalog: Catalog) -> None:
    closed(catalog)
    rows = list(catalog.db.query("select kind, data from event order by seq"))
    kinds = [row["kind"] for row in rows]
    assert (kinds[0], kinds.count("session.judges"), kinds.count("session.score"), kinds[-1]) == (
        "session.create", 5, 15, "session.close",
    )  # fmt: skip
    assert all("items" not in row["data"] for row in rows)
    assert journal.verify(catalog.db) == (len(rows), None)
