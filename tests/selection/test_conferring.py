"""合议: sheets of the first lessons by lot are held and seen side by side by the head; the others go on after that."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest

from appliance.catalog import Catalog, drafts, panels, papers, scores, sessions
from appliance.errors import NotAllowed, WrongUse
from appliance.selection import conferring, export, paper, progress, sheet, tablet, trial
from appliance.selection.paper import NO, YES
from appliance.selection.scoresheet import Sheet
from appliance.station import Station
from tests.selection.sessions import JUDGES, lesson, opened, points
from tests.web.office import add_user

pytestmark = pytest.mark.clause("P3b")
HEAD, PAPER = "组长甲", JUDGES[4]


def strings(given: dict[str, Decimal]) -> dict[str, str]:
    return {name: str(value) for name, value in given.items()}


@pytest.fixture
def session(catalog: Catalog) -> int:
    """Five lessons, five judges who have declared, drawn."""
    with catalog.writing() as db:
        add_user(db, HEAD, "approver")
    session = opened(catalog, head=HEAD)
    trial.add(catalog, session, [lesson(catalog, f"教师{name}") for name in "丁戊"], "design_first", "经办甲")
    for judge in JUDGES:
        tablet.declare(catalog, session, judge, [], [])
    trial.cast_lots(catalog, session, "八六一三", "经办甲")
    return session


def order(catalog: Catalog, session: int) -> list[int]:
    return [one["no"] for one in sessions.lessons_of(catalog.db, session)]


def hand_in(catalog: Catalog, session: int, no: int, judge: str, less: str = "0", number: int = 1) -> bool:
    sent = strings(points(less))
    return tablet.submit(catalog, session, no, judge, f"{judge}/{no}", number, sent, "条理清楚")


def seen(catalog: Catalog, session: int, who: str = HEAD) -> dict:
    return conferring.side_by_side(catalog.db, sessions.by_id(catalog.db, session), who)


def enter(station: Station, catalog: Catalog, session: int, no: int, less: str = "0") -> int:
    given = Sheet(no, PAPER, points(less), "条理清楚")
    return paper.enter(catalog, station.store(), session, given, str(95 - int(less)), b"", "经办甲")


def all_held(station: Station, catalog: Catalog, session: int) -> None:
    for no in order(catalog, session)[:3]:
        assert [hand_in(catalog, session, no, judge) for judge in JUDGES[:4]] == [False] * 4
        enter(station, catalog, session, no)


def test_a_whole_sheet_of_a_first_lesson_is_held_may_change_and_is_handed_in_by_its_judge(
    station: Station, catalog: Catalog, session: int
) -> None:
    first = order(catalog, session)[0]
    all_held(station, catalog, session)
    assert not hand_in(catalog, session, first, JUDGES[0], "4", 2)
    conferring.release(catalog, session, HEAD)
    assert scores.of_session(catalog.db, session) == []
    assert [hand_in(catalog, session, first, JUDGES[0], "4", 2) for _ in range(2)] == [True, True]
    (score,) = scores.of_session(catalog.db, session)
    assert (score["judge"], score["items"]["3"]) == (JUDGES[0], "11")


def test_what_is_not_whole_is_told_and_kept_and_a_later_lesson_waits(catalog: Catalog, session: int) -> None:
    first, *_, last = order(catalog, session)
    with pytest.raises(WrongUse, match="还没有打分"):
        tablet.submit(catalog, session, first, JUDGES[0], "a", 1, {"1": "8"}, "")
    with pytest.raises(NotAllowed, match="前 3 节合议以后才交后面的") as refused:
        hand_in(catalog, session, last, JUDGES[0])
    assert refused.value.effect == "打的分已经存好"
    kept = drafts.newest(catalog.db, session, JUDGES[0])
    assert {no: len(one["items"]) for no, one in kept.items()} == {first: 1, last: len(points())}
    states = {card["no"]: card["state"] for card in tablet.cards(catalog, session, JUDGES[0])}
    assert (states[first], states[last]) == ("draft", "draft")


def test_first_are_those_of_the_lot_in_whatever_order_their_sheets_arrive(catalog: Catalog, session: int) -> None:
    drawn = order(catalog, session)
    for no in drawn[::-1]:
        for judge in JUDGES[::-1]:
            tablet.touch(catalog, session, no, judge, f"{judge}/{no}", 1, strings(points(str(no))), "条理清楚")
    told = seen(catalog, session)
    assert ([one["no"] for one in told["result"]], told["missing"]) == (drawn[:3], [])
    totals = [{judge["total"] for judge in one["judges"]} for one in told["result"]]
    assert totals == [{f"{95 - no}.00"} for no in drawn[:3]]
    states = {card["no"]: card["state"] for card in tablet.cards(catalog, session, JUDGES[0])}
    assert states == {no: "held" if no in drawn[:3] else "draft" for no in drawn}
    told_of = [progress.of_session(catalog.db, session)]
    conferring.release(catalog, session, HEAD)
    told_of += [progress.of_session(catalog.db, session)]
    assert [[one.cells[JUDGES[0], no].state for no in drawn] for one in told_of] == [
        ["held"] * 3 + ["draft"] * 2,
        ["draft"] * 5,
    ]
    assert [one.waiting_for(drawn[0]) for one in told_of] == [list(JUDGES)] * 2, "held is not handed in"


def test_the_head_alone_sees_them_only_while_they_are_held_and_not_before_the_own_are_done(
    station: Station, catalog: Catalog, session: int
) -> None:
    all_held(station, catalog, session)
    with pytest.raises(NotAllowed, match="只给这一场的组长看"):
        seen(catalog, session, "经办甲")
    assert len(seen(catalog, session)["result"]) == 3
    with catalog.writing() as db:
        panels.save_judge(db, HEAD, "示例教研室", [], [], [])
        panels.seat(db, session, HEAD)
    with pytest.raises(NotAllowed, match="自己的还没打好"):
        seen(catalog, session)
    conferring.release(catalog, session, HEAD, "组长自己的已经口头对过")
    with pytest.raises(NotAllowed, match="没有等合议的课例"):
        seen(catalog, session)


def test_a_release_before_all_are_done_names_what_is_missing_and_wants_a_reason(catalog: Catalog, session: int) -> None:
    first = order(catalog, session)[0]
    hand_in(catalog, session, first, JUDGES[0])
    with pytest.raises(NotAllowed, match="前 3 节还有 14 份没打好"):
        conferring.release(catalog, session, HEAD)
    conferring.release(catalog, session, HEAD, "停电，已口头合议")
    entry = catalog.db.execute("select data from event where kind = 'session.release'").fetchone()[0]
    assert "停电，已口头合议" in entry


def test_paper_is_entered_while_held_may_be_entered_anew_and_is_confirmed_after(
    station: Station, catalog: Catalog, session: int
) -> None:
    first, *_, last = order(catalog, session)
    entry = enter(station, catalog, session, first)
    assert seen(catalog, session)["result"][0]["judges"][0]["total"] == "95.00"
    with pytest.raises(NotAllowed, match="前 3 节合议以后"):
        enter(station, catalog, session, last)
    with pytest.raises(NotAllowed, match="评委还没有合议"):
        paper.answer(catalog, session, entry, YES, "", "审批甲")
    paper.answer(catalog, session, entry, NO, "合议以后改低 2 分", "审批甲")
    anew = enter(station, catalog, session, first, "2")
    conferring.release(catalog, session, HEAD, "演练")
    paper.answer(catalog, session, anew, YES, "", "审批甲")
    assert [row["items"]["3"] for row in scores.of_session(catalog.db, session)] == ["13"]
    assert papers.waiting(catalog.db, session) == []


@pytest.mark.parametrize("seed", range(3))
def test_no_order_retry_or_restart_before_or_after_the_release_changes_a_result(
    station: Station, catalog: Catalog, session: int, seed: int
) -> None:
    """Touches, hand-ins and papers in any order, some twice, the box opened anew in between; then the release, and
    everybody hands in, again in any order."""
    chance, box = random.Random(seed), catalog
    drawn = order(catalog, session)
    acts = [(no, judge) for no in drawn for judge in JUDGES[:4]] + [(no, PAPER) for no in drawn[:3]]
    for no, judge in chance.sample(acts, len(acts)):
        if judge == PAPER:
            enter(station, box, session, no, str(no))
            continue
        for _ in range(chance.choice((1, 2))):
            tablet.touch(box, session, no, judge, f"{judge}/{no}", 1, strings(points(str(no))), "条理清楚")
        if no in drawn[:3] and chance.random() < 0.5:
            assert not hand_in(box, session, no, judge, str(no))
        if chance.random() < 0.2:
            box = station.catalog()
    assert scores.of_session(box.db, session) == []
    conferring.release(box, session, HEAD)
    for no in drawn[3:]:
        enter(station, box, session, no, str(no))
    waiting = [(one["lesson"], one["id"]) for one in papers.waiting(box.db, session)]
    rest = [*waiting, *((no, judge) for no in drawn for judge in JUDGES[:4])]
    for no, what in chance.sample(rest, len(rest)):
        if isinstance(what, int):
            paper.answer(box, session, what, YES, "", "审批甲")
        else:
            assert all(hand_in(box, session, no, what, str(no)) for _ in range(chance.choice((1, 2))))
    result = sheet.result(export.of_session(box.db, session))
    assert [(row["no"], row["exact"]) for row in result] == [(no, str(95 - no)) for no in sorted(drawn)]
    assert box.db["score"].count == 25
