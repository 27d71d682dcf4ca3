"""打分进度: what each judge has begun and handed in, without a point in it."""

from __future__ import annotations

import pytest

from appliance.catalog import Catalog, papers
from appliance.selection import progress, recusal, seating, tablet, trial
from tests.selection.sessions import JUDGES, opened, points, put

pytestmark = pytest.mark.clause("P3b", "W2")


def test_every_sheet_is_told_as_it_stands(catalog: Catalog) -> None:
    session = opened(catalog)
    ones = dict(zip(("scored", "draft", "paper", "recused", "open"), JUDGES, strict=True))
    put(catalog, session, 1, ones["scored"], points(), ones["scored"])
    tablet.declare(catalog, session, ones["draft"], [], [])
    tablet.touch(catalog, session, 1, ones["draft"], "t", 1, {"1": "9"}, "")
    with catalog.writing() as db:
        row = {"session": session, "lesson": 1, "judge": ones["paper"], "comment": "", "written_total": "", "reason": "",
               "scan": "", "sort": ""}  # fmt: skip
        papers.enter(db, row, {}, "经办甲")
    recusal.declare(catalog, session, 1, ones["recused"], "师徒关系", "经办甲")
    seen = progress.of_session(catalog.db, session)
    assert {judge: seen.cells[judge, 1].state for judge in JUDGES} == {judge: state for state, judge in ones.items()}
    assert seen.waiting_for(1) == [ones["draft"], ones["paper"], ones["open"]]
    assert [seen.count("open", judge) for judge in JUDGES] == [2, 2, 2, 2, 3]


def test_a_judge_who_took_a_place_is_waited_for_where_the_other_one_did_not_score(catalog: Catalog) -> None:
    session = opened(catalog)
    put(catalog, session, 1, "评委丙", points(), "评委丙")
    trial.cast_lots(catalog, session, "八六一三", "经办甲")
    seating.seat(catalog, session, seating.Person("评委己", "示例教研室"), "经办甲", replaces="评委丙", reason="急病")
    seating.seat(catalog, session, seating.Person("观摩甲", "示例教研室"), "经办甲", "observer")
    seen = progress.of_session(catalog.db, session)
    assert [(seen.cells["评委丙", no].state, seen.cells["评委己", no].state) for no in (1, 2)] == [
        ("scored", "others"), ("others", "open"),
    ]  # fmt: skip
    assert [("评委己" in seen.waiting_for(no), "观摩甲" in seen.waiting_for(no)) for no in (1, 2)] == [
        (False, False), (True, False),
    ]  # fmt: skip
