"""A judge's tablet: declaration, touches, submission; what is refused, and that sending again changes nothing."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from appliance import judge_codes
from appliance.catalog import Catalog, drafts, scores
from appliance.errors import NotAllowed, NotFound, WrongUse
from appliance.rules.load import load
from appliance.selection import levels, rubric, sheet, tablet, terms, trial
from appliance.station import Station
from tests.conftest import answer
from tests.selection.sessions import EDITION, JUDGES, opened

JUDGE = JUDGES[0]
FULL = {item["id"]: str(item["weight"] * Decimal("0.8")) for item in EDITION.rubrics["R1"]["items"]}
pytestmark = pytest.mark.clause("P3b", "R1")


@pytest.fixture
def session(catalog: Catalog) -> int:
    session = opened(catalog)
    tablet.declare(catalog, session, JUDGE, [], [])
    return session


def touches(catalog: Catalog) -> int:
    return catalog.db["draft"].count


def test_nothing_is_shown_before_the_declaration_and_nothing_of_teacher_and_school_after(catalog: Catalog) -> None:
    session = opened(catalog)
    with pytest.raises(NotAllowed, match="请先作回避申明"):
        tablet.card(catalog, session, 1, JUDGE)
    tablet.declare(catalog, session, JUDGE, ["教师乙"], [])
    told = tablet.mine(catalog, JUDGE)
    words = json.dumps([card for one in told for card in one["cards"] if not card["why"]], ensure_ascii=False)
    assert ("示例第一小学" in words, '"teacher"' in words) == (False, False)
    assert [(card["no"], bool(card["why"])) for card in told[0]["cards"]] == [(1, False), (2, True), (3, False)]


def test_a_touch_is_kept_once_however_often_it_is_sent(catalog: Catalog, session: int) -> None:
    for _ in range(3):
        tablet.touch(catalog, session, 1, JUDGE, "tablet-1", 1, {"1": "9"}, "")
    tablet.touch(catalog, session, 1, JUDGE, "tablet-2", 1, {"1": "9", "2": "8.5"}, "条理清楚")
    now = drafts.newest(catalog.db, session, JUDGE)[1]
    assert (touches(catalog), now["items"], now["comment"]) == (2, {"1": "9", "2": "8.5"}, "条理清楚")


def test_an_older_touch_that_arrives_later_changes_nothing(catalog: Catalog, session: int) -> None:
    tablet.touch(catalog, session, 1, JUDGE, "tablet-1", 7, {"1": "9"}, "")
    assert tablet.touch(catalog, session, 1, JUDGE, "tablet-2", 6, {"1": "4"}, "") == 7
    assert (touches(catalog), drafts.newest(catalog.db, session, JUDGE)[1]["items"]) == (2, {"1": "9"})


def test_a_submitted_sheet_counts_once_and_is_read_only(catalog: Catalog, session: int) -> None:
    for _ in range(2):
        tablet.submit(catalog, session, 1, JUDGE, "tablet-1", 1, FULL, "")
    with pytest.raises(NotAllowed, match="已经交了"):
        tablet.submit(catalog, session, 1, JUDGE, "tablet-2", 1, FULL, "")
    with pytest.raises(NotAllowed, match="已经交了"):
        tablet.touch(catalog, session, 1, JUDGE, "tablet-1", 9, {"1": "1"}, "")
    (score,) = scores.of_session(catalog.db, session)
    assert (score["judge"], score["version"], score["by_user"]) == (JUDGE, 1, JUDGE)


def test_every_gap_is_named_and_the_extremes_want_a_comment(catalog: Catalog, session: int) -> None:
    with pytest.raises(WrongUse, match="还没有打分"):
        tablet.submit(catalog, session, 1, JUDGE, "a", 1, {name: FULL[name] for name in ("1", "2")}, "")
    best = FULL | {"1": "10"}
    with pytest.raises(WrongUse, match="教学目标科学合理在最高或最低一档，要写评语"):
        tablet.submit(catalog, session, 1, JUDGE, "a", 1, best, "  ")
    tablet.submit(catalog, session, 1, JUDGE, "a", 1, best, "目标具体，可以检测")
    assert scores.of_session(catalog.db, session)[0]["comment"] == "目标具体，可以检测"


@pytest.mark.parametrize("items", [{"1": "x"}, {"1": "NaN"}, {"1": "1e9"}, {str(n): "1" for n in range(200)}])
@pytest.mark.fault("H15")
def test_what_is_no_score_is_refused(catalog: Catalog, session: int, items: dict[str, str]) -> None:
    with pytest.raises(WrongUse):
        tablet.touch(catalog, session, 1, JUDGE, "a", 1, items, "")
    assert touches(catalog) == 0


@pytest.mark.fault("H15")
def test_a_stranger_a_recused_judge_and_a_closed_session_are_refused(catalog: Catalog, session: int) -> None:
    with pytest.raises(NotFound):
        tablet.touch(catalog, session, 1, "别的评委", "a", 1, {"1": "5"}, "")
    with pytest.raises(NotFound, match="没有第 99 号"):
        tablet.touch(catalog, session, 99, JUDGE, "a", 1, {"1": "5"}, "")
    tablet.declare(catalog, session, JUDGE, [], ["教师甲"])
    with pytest.raises(NotAllowed, match="要回避"):
        tablet.touch(catalog, session, 1, JUDGE, "a", 1, {"1": "5"}, "")
    trial.close(catalog, session, "组长甲", "试验")
    with pytest.raises(NotAllowed, match="已经结束"):
        tablet.touch(catalog, session, 2, JUDGE, "a", 2, {"1": "5"}, "")
    assert touches(catalog) == 0


def test_drafts_never_count(catalog: Catalog, session: int) -> None:
    tablet.touch(catalog, session, 1, JUDGE, "a", 1, FULL, "")
    trial.close(catalog, session, "组长甲", "试验")
    data = trial.ranking(catalog, session)
    assert [(row["score"], JUDGE in row["not_scored"]) for row in data["result"]] == [(None, True)] * 3


@pytest.mark.parametrize("id", ["R1", "R2", "R3"])
@pytest.mark.clause("R2", "R3")
def test_the_levels_of_an_indicator_have_no_gap_and_no_overlap(id: str) -> None:
    edition = load("2024")
    how = terms.from_edition(edition.selection)
    for item in edition.rubrics[id]["items"]:
        weight = Decimal(item["weight"])
        found = levels.of_weight(weight, how)
        steps = [
            level.least + how.step * n for level in found for n in range(int((level.most - level.least) / how.step) + 1)
        ]
        assert sorted(steps) == [how.step * n for n in range(int(weight / how.step) + 1)]


def test_comments_are_asked_for_the_first_and_the_last_level_only(catalog: Catalog, session: int) -> None:
    row = next(catalog.db.query("select rubric, terms from session where id = ?", [session]))
    scale, how = rubric.from_data(json.loads(row["rubric"])), terms.from_data(json.loads(row["terms"]))
    given = {"1": Decimal("10"), "2": Decimal("8"), "3": Decimal("0"), "4": Decimal("9")}
    assert levels.needs_comment(scale, given, how) == ["教学目标科学合理", "教学环节流畅紧凑"]
    assert sheet.FORMAT == "lessonbox-ranking-input"


def test_entrance_codes_are_made_on_the_command_line_and_let_their_judge_in(
    station: Station, catalog: Catalog, session: int
) -> None:
    made = answer("session", "codes", session, "--home", station.home)["codes"]
    assert sorted(one["judge"] for one in made) == sorted(JUDGES)
    assert [judge_codes.enter(catalog, one["code"])["judge"] for one in made] == [one["judge"] for one in made]
    again = answer("session", "codes", session, JUDGE, "--home", station.home)["codes"]
    with pytest.raises(NotAllowed, match="入场码不对"):
        judge_codes.enter(catalog, next(one["code"] for one in made if one["judge"] == JUDGE))
    assert judge_codes.enter(catalog, again[0]["code"])["judge"] == JUDGE
