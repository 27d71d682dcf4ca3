"""Scores of one lesson: by hand, and by properties that hold whatever the judges give."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.errors import NotFound, WrongUse
from appliance.rules.load import load
from appliance.selection import rubric, terms
from appliance.selection.scoring import half_up, score

EDITION = load("2024")
TERMS = terms.from_edition(EDITION.selection)
R1 = rubric.rubric_of(EDITION, "subject")
FULL = {item.id: item.weight for item in R1.items}

halves = st.integers(0, 200).map(lambda n: Fraction(n, 2))
panels = st.dictionaries(st.text("甲乙丙丁戊己庚", min_size=1, max_size=2), halves, min_size=3, max_size=9)


def totals(*points: object) -> dict[str, Fraction]:
    return {f"评委{n}": Fraction(str(value)) for n, value in enumerate(points, start=1)}


def test_five_judges_lose_the_highest_and_the_lowest() -> None:
    outcome = score(totals(90, "88.5", 95, 80, 87), TERMS)
    assert (outcome.score, outcome.untrimmed) == (Fraction(531, 6), Fraction("440.5") / 5)
    assert (outcome.highest, outcome.lowest, outcome.counted) == ("评委3", "评委4", ["评委1", "评委2", "评委5"])


def test_three_and_four_judges_give_the_plain_mean() -> None:
    assert score(totals(90, 80, 85), TERMS).score == 85
    assert score(totals(90, 80, 85, 86), TERMS).score == Fraction(341, 4)
    assert score(totals(90, 80, 85), TERMS).highest == ""


def test_two_judges_give_no_score() -> None:
    assert (score(totals(90, 80), TERMS).score, score({}, TERMS).score) == (None, None)


@pytest.mark.parametrize(
    ("value", "shown"),
    [("88.125", "88.13"), ("88.124", "88.12"), ("0", "0.00"), ("100", "100.00"), ("0.005", "0.01"), ("2.675", "2.68")],
)
def test_numbers_are_rounded_half_up(value: str, shown: str) -> None:
    assert str(half_up(Fraction(value), 2)) == shown


@pytest.mark.clause("R1", "R2", "R3", "P3b")
def test_indicators_left_out_scale_the_rest_to_100() -> None:
    left = rubric.rubric_of(EDITION, "subject", ["7", "8"])  # 作业练习 10, 提交规范 10
    points = {**FULL, "1": Decimal("7.5")}
    assert left.total({key: points[key] for key in "123456"}) == Fraction("77.5") * 100 / 80
    assert left.total(FULL) == R1.total(FULL) == 100


def test_a_subtotal_is_scaled_too_and_none_where_its_group_is_left_out() -> None:
    left = rubric.rubric_of(EDITION, "subject", ["1", "2"])
    assert (left.subtotal(FULL, ["教学过程"]), left.subtotal(FULL, ["目标内容"])) == (Fraction(4500, 80), None)


def test_a_sheet_with_mistakes_names_every_one() -> None:
    left = rubric.rubric_of(EDITION, "subject", ["8"])
    points = {"1": Decimal("10.5"), "2": Decimal("9.3"), "3": Decimal(-1), "4": Decimal(15), "8": Decimal(1),
              "9": Decimal(1), "5": Decimal("NaN")}  # fmt: skip
    assert left.problems(points, TERMS.step) == [
        "没有“9”这一项",
        "第 8 项本场不评",
        "第 6 项“教学设计明确恰当”还没有打分",
        "第 7 项“作业练习规范科学”还没有打分",
        "第 1 项“教学目标科学合理”打了 10.5 分，应在 0 到 10 之间，每档 0.5 分",
        "第 2 项“教学内容组织科学”打了 9.3 分，应在 0 到 10 之间，每档 0.5 分",
        "第 3 项“教学环节流畅紧凑”打了 -1 分，应在 0 到 15 之间，每档 0.5 分",
        "第 5 项“信息技术融合有效”打了 NaN 分，应在 0 到 15 之间，每档 0.5 分",
    ]
    assert R1.problems(FULL, TERMS.step) == []


def test_an_unknown_category_or_indicator_is_refused_and_not_all_can_be_left_out() -> None:
    with pytest.raises(NotFound):
        rubric.rubric_of(EDITION, "ai")
    with pytest.raises(WrongUse, match="第 11 项"):
        rubric.rubric_of(EDITION, "subject", ["11"])
    with pytest.raises(WrongUse, match="所有"):
        rubric.rubric_of(EDITION, "subject", list(FULL))


@given(panels, st.randoms())
def test_the_order_in_which_scores_arrive_changes_nothing(panel, random) -> None:
    shuffled = list(panel.items())
    random.shuffle(shuffled)
    again = score(dict(shuffled), TERMS)
    assert (again.score, again.highest, again.lowest) == tuple(
        getattr(score(panel, TERMS), name) for name in ("score", "highest", "lowest")
    )


@given(panels)
def test_a_score_lies_between_the_lowest_and_the_highest_total(panel) -> None:
    result = score(panel, TERMS).score
    assert min(panel.values()) <= result <= max(panel.values())


@given(panels, st.data())
def test_more_points_from_a_judge_never_lower_a_score(panel, data) -> None:
    judge = data.draw(st.sampled_from(sorted(panel)))
    more = {**panel, judge: panel[judge] + data.draw(halves)}
    assert score(more, TERMS).score >= score(panel, TERMS).score


@given(st.dictionaries(st.text("甲乙丙丁戊己庚", min_size=2, max_size=3), halves, min_size=5, max_size=9), st.data())
def test_one_judge_alone_moves_a_trimmed_score_no_further_than_the_others_reach(panel, data) -> None:
    judge = data.draw(st.sampled_from(sorted(panel)))
    others = [value for name, value in panel.items() if name != judge]
    moved = score({**panel, judge: data.draw(st.sampled_from([Fraction(0), Fraction(100)]))}, TERMS).score
    assert min(others) <= moved <= max(others)


@given(
    st.lists(st.integers(0, 30).map(lambda n: Decimal(n) / 2), min_size=8, max_size=8),
    st.sets(st.sampled_from("12345678"), max_size=7),
)
def test_totals_lie_within_0_and_100_whatever_is_left_out(values, left_out) -> None:
    left = rubric.leaving_out(R1, left_out)
    points = {item.id: min(value, item.weight) for item, value in zip(R1.items, values, strict=True)}
    assert 0 <= left.total(points) <= 100


@given(st.fractions(0, 100), st.integers(0, 4))
def test_rounding_is_no_further_than_half_a_unit_and_upwards_at_the_half(value, decimals) -> None:
    shown = Fraction(half_up(value, decimals))
    assert -Fraction(1, 2 * 10**decimals) < shown - value <= Fraction(1, 2 * 10**decimals)


@given(panels)
def test_scores_agree_with_an_independent_computation(panel) -> None:
    values = sorted(panel.values())
    kept = values[1:-1] if len(values) >= 5 else values
    assert score(panel, TERMS).score == sum(kept) / Fraction(len(kept))
