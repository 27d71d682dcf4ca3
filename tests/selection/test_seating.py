"""评委入座: seats stay, nobody is put in after the draw but in somebody's place, observers are kept apart."""

from __future__ import annotations

import re

import pytest

from appliance.catalog import Catalog, panels, scores
from appliance.errors import NotAllowed, NotFound, WrongUse
from appliance.reports import session_papers
from appliance.selection import seating, trial
from tests.selection.sessions import give, opened, points, put

pytestmark = pytest.mark.clause("P3b", "W2")
EARLY = seating.Person("安评委", "示例教研室")  # by name before all the others


def codes(catalog: Catalog, session: int) -> dict[str, str]:
    """{judge: the code on the sheet for lesson 1}."""
    page = session_papers.score_sheets(catalog, session)
    found = re.findall(r'<bdi>([^<]*评委[^<]*)</bdi></td>.*?<div class="small">(\d+-\d+-\d+)</div>', page, re.S)
    return {judge: code for judge, code in found if code.split("-")[1] == "1"}


def test_the_code_on_a_printed_sheet_stays_when_another_judge_is_seated(catalog: Catalog) -> None:
    session = opened(catalog)
    before = codes(catalog, session)
    seating.seat(catalog, session, EARLY, "经办甲")
    after = codes(catalog, session)
    assert (len(before), {name: after[name] for name in before}, after["安评委"]) == (5, before, "1-1-6")


def test_after_the_draw_a_judge_is_put_in_only_in_the_place_of_another_with_the_reason(catalog: Catalog) -> None:
    session = opened(catalog)
    give(catalog, session, 1, *["0"] * 5)
    trial.cast_lots(catalog, session, "八六一三", "经办甲")
    with pytest.raises(NotAllowed, match="抽签以后不能再加评委"):
        seating.seat(catalog, session, EARLY, "经办甲")
    with pytest.raises(WrongUse, match="为什么换评委"):
        seating.seat(catalog, session, EARLY, "经办甲", replaces="评委丙")
    with pytest.raises(NotFound, match="没有评委别人"):
        seating.seat(catalog, session, EARLY, "经办甲", replaces="别人", reason="急病")
    seating.seat(catalog, session, EARLY, "经办甲", replaces="评委丙", reason="急病")
    with pytest.raises(NotAllowed, match="评委丙已由安评委接替"):
        put(catalog, session, 2, "评委丙", points(), "评委丙")
    with pytest.raises(NotAllowed, match="第 1 号课例评委丙已经打过分"):
        put(catalog, session, 1, "安评委", points("1"), "安评委")
    for judge in ("评委甲", "评委乙", "评委丁", "评委戊", "安评委"):
        for no in (2, 3):
            put(catalog, session, no, judge, points(), judge)
    trial.close(catalog, session, "经办甲")
    result = trial.ranking(catalog, session)["result"]
    assert [(row["no"], len(row["judges"]), row["not_scored"]) for row in result] == [(n, 5, []) for n in (1, 2, 3)]


def test_observers_are_kept_apart_and_change_no_result(catalog: Catalog) -> None:
    session = opened(catalog)
    trial.cast_lots(catalog, session, "八六一三", "经办甲")
    seating.seat(catalog, session, seating.Person("观摩甲", "示例第三小学"), "经办甲", panels.OBSERVER)
    for no in (1, 2, 3):
        give(catalog, session, no, *["1"] * 5)
        put(catalog, session, no, "观摩甲", points("9"), "观摩甲")
    trial.close(catalog, session, "经办甲")
    data = trial.ranking(catalog, session)
    assert {row["score"] for row in data["result"]} == {"94.00"}
    assert ("观摩甲" in str(data["input"]), len(scores.of_session(catalog.db, session))) == (False, 18)
