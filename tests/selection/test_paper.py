"""纸质录入: one enters, another confirms or rejects; the written total must match; the record is a tablet's."""

from __future__ import annotations

from decimal import Decimal

import pytest

from appliance.catalog import Catalog, papers, scores
from appliance.errors import NotAllowed, NotFound, WrongUse
from appliance.selection import paper, scoresheet, trial
from appliance.selection.paper import NO, YES
from appliance.selection.scoresheet import Sheet
from appliance.station import Station
from tests.selection.sessions import JUDGES, opened, points, put

pytestmark = pytest.mark.clause("P3b", "W2")
JUDGE = JUDGES[2]
SCAN = b"\x89PNG\r\n\x1a\n" + b"0" * 64


def sheet(**more: object) -> Sheet:
    return Sheet(**{"no": 1, "judge": JUDGE, "points": points(), "comment": "条理清楚", **more})


def entered(station: Station, catalog: Catalog, total: str = "95", **more: object) -> int:
    return paper.enter(catalog, station.store(), 1, sheet(**more), total, SCAN, "经办甲")


@pytest.mark.parametrize("typed", ["LB-SCORE 12-34-5", "12-34-5", " lb-score 12-34-5 ", "12 - 34 - 5"])
def test_the_code_of_a_sheet_is_read_however_it_comes(typed: str) -> None:
    assert paper.code_of(typed) == paper.Code(12, 34, 5)


@pytest.mark.parametrize("typed", ["", "12-34", "a-b-c", "1-2-3-4", "9999999-1-1"])
def test_what_is_no_code_is_refused(typed: str) -> None:
    with pytest.raises(WrongUse, match="评分表的号不对"):
        paper.code_of(typed)


def test_a_sheet_counts_once_another_person_has_confirmed_it(station: Station, catalog: Catalog) -> None:
    session = opened(catalog)
    assert paper.judge_at(catalog.db, session, 3) == JUDGE
    entry = entered(station, catalog)
    assert scores.of_session(catalog.db, session) == []
    with pytest.raises(NotAllowed, match="不能自己核对"):
        paper.answer(catalog, session, entry, YES, "", "经办甲")
    paper.answer(catalog, session, entry, YES, "", "审批甲")
    with pytest.raises(NotAllowed, match="审批甲已经核对过"):
        paper.answer(catalog, session, entry, YES, "", "审批甲")
    (score,) = scores.of_session(catalog.db, session)
    tablet = put(catalog, session, 1, JUDGES[0], points(), JUDGES[0])
    same = ("lesson", "items", "comment", "revision", "materials_sha256", "version", "reason")
    assert [score[name] for name in same] == [tablet[name] for name in same]
    assert (score["judge"], score["by_user"]) == (JUDGE, "经办甲、审批甲")
    assert station.store().verify(papers.by_id(catalog.db, session, entry)["scan"])


def test_a_rejected_sheet_is_kept_with_the_reason_and_entered_anew(station: Station, catalog: Catalog) -> None:
    session = opened(catalog)
    first = entered(station, catalog)
    with pytest.raises(NotAllowed, match="等另一个人核对"):
        entered(station, catalog)
    with pytest.raises(WrongUse, match="不认要写明"):
        paper.answer(catalog, session, first, NO, " ", "审批甲")
    paper.answer(catalog, session, first, NO, "第 3 项看错", "审批甲")
    second = entered(station, catalog, "94", points=points("1"))
    paper.answer(catalog, session, second, YES, "", "审批甲")
    told = [(one["id"], one["answer"], one["why"]) for one in papers.of_session(catalog.db, session)]
    assert told == [(second, "yes", ""), (first, "no", "第 3 项看错")]
    assert [row["items"]["3"] for row in scores.of_session(catalog.db, session)] == ["14"]


@pytest.mark.parametrize("total", ["94.5", "", "NaN", "九十五"])
def test_a_written_total_that_does_not_agree_is_refused(station: Station, catalog: Catalog, total: str) -> None:
    opened(catalog)
    with pytest.raises(WrongUse, match="各项加起来是 95"):
        entered(station, catalog, total)


def test_what_a_tablet_would_refuse_is_refused_on_paper_too(station: Station, catalog: Catalog) -> None:
    session = opened(catalog)
    for wrong, error in (
        ({"comment": ""}, WrongUse), ({"judge": "别人"}, NotFound), ({"no": 99}, NotFound),
        ({"points": {**points(), "1": Decimal("9.7")}}, WrongUse),
    ):  # fmt: skip
        with pytest.raises(error):
            entered(station, catalog, **wrong)
    with pytest.raises(WrongUse, match="PNG 或 JPEG"):
        paper.enter(catalog, station.store(), session, sheet(), "95", b"%PDF-1.7", "经办甲")
    scoresheet.record(catalog, session, 1, JUDGE, points(), JUDGE, comment="条理清楚")
    with pytest.raises(NotAllowed, match="已经给第 1 号打过分"):
        entered(station, catalog, "94", points=points("1"))
    trial.close(catalog, session, "经办甲", "试验")
    with pytest.raises(NotAllowed, match="已经结束"):
        entered(station, catalog)
    assert papers.of_session(catalog.db, session) == []
