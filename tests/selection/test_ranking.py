"""Places and ties: small sessions computed by hand, and properties."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from appliance.rules.load import load
from appliance.selection import terms
from appliance.selection.ranking import Ballot, Standing, rank
from appliance.selection.scoring import Outcome

TERMS = terms.from_edition(load("2024").selection)
PROCESS, GOALS = "教学过程小计", "目标内容小计"


def standing(no: int, score: object, process: object = 40, goals: object = 18, untrimmed: object = 85) -> Standing:
    exact = None if score is None else Fraction(str(score))
    return Standing(
        no, Outcome({}, exact, Fraction(str(untrimmed))),
        {PROCESS: None if process is None else Fraction(str(process)), GOALS: Fraction(str(goals))},
    )  # fmt: skip


def order(*standings: Standing, ballots=()) -> list[tuple[int, int | None, bool]]:
    return [(place.no, place.rank, place.shared) for place in rank(standings, TERMS, ballots)]


def test_scores_that_look_equal_are_ranked_by_what_was_not_rounded() -> None:
    assert order(standing(1, "88.122"), standing(2, "88.124")) == [(2, 1, False), (1, 2, False)]


def test_equal_scores_are_parted_by_process_then_goals_then_the_untrimmed_mean() -> None:
    places = rank(
        [standing(1, 90, 40, 18, 88), standing(2, 90, 41), standing(3, 90, 40, 19), standing(4, 90, 40, 18, 89)], TERMS
    )
    assert [(place.no, place.rank) for place in places] == [(2, 1), (3, 2), (4, 3), (1, 4)]
    assert [step.says for step in places[-1].steps] == [
        "第 1 号、第 2 号、第 3 号、第 4 号同分，比教学过程小计：第 2 号 41.00，第 1 号 40.00，第 3 号 40.00，第 4 号 40.00；高的在前，相同的再往下比",
        "第 1 号、第 3 号、第 4 号同分，比目标内容小计：第 3 号 19.00，第 1 号 18.00，第 4 号 18.00；高的在前，相同的再往下比",
        "第 1 号、第 4 号同分，比全部评委平均分：第 4 号 89.00，第 1 号 88.00；高的在前",
    ]
    assert len(places[0].steps) == 1


def test_what_nothing_parts_shares_a_place_and_the_next_is_left_free() -> None:
    assert order(standing(4, 80), standing(2, 90), standing(3, 90), standing(1, 95)) == [
        (1, 1, False), (2, 2, True), (3, 2, True), (4, 4, False),
    ]  # fmt: skip


def test_a_recorded_vote_parts_the_last_and_a_later_vote_counts() -> None:
    two = (standing(1, 90), standing(2, 90))
    first = Ballot(1, frozenset({1, 2}), {"评委甲": 1, "评委乙": 1, "评委丙": 2})
    again = Ballot(2, frozenset({1, 2}), {"评委甲": 2, "评委乙": 1, "评委丙": 2})
    assert order(*two, ballots=[first]) == [(1, 1, False), (2, 2, False)]
    assert order(*two, ballots=[again, first]) == [(2, 1, False), (1, 2, False)]
    assert rank(two, TERMS, [first])[0].steps[-1].says == (
        "第 1 号、第 2 号同分，比评委表决：第 1 号 2 票，第 2 号 1 票；高的在前"
    )


def test_a_step_that_the_session_leaves_out_is_said_and_passed_over() -> None:
    places = rank([standing(1, 90, None, 17), standing(2, 90, None, 18)], TERMS)
    assert [place.no for place in places] == [2, 1]
    assert places[0].steps[0].says == "第 1 号、第 2 号同分，教学过程小计：本场不评这些项，分不出先后"


def test_a_lesson_without_a_valid_score_has_no_place_and_is_not_the_last() -> None:
    assert order(standing(1, None), standing(2, 0)) == [(2, 1, False), (1, None, False)]


few = st.integers(0, 3).map(Fraction)
sessions = st.lists(st.tuples(st.none() | few, few, few, few), min_size=1, max_size=8).map(
    lambda rows: [
        Standing(no, Outcome({}, score, untrimmed), {PROCESS: process, GOALS: goals})
        for no, (score, process, goals, untrimmed) in enumerate(rows, start=1)
    ]
)


@given(sessions, st.randoms())
def test_the_order_of_lessons_changes_no_place(standings, random) -> None:
    shuffled = list(standings)
    random.shuffle(shuffled)
    assert rank(shuffled, TERMS) == rank(standings, TERMS)


@given(sessions)
def test_places_follow_the_chain_and_everybody_has_one(standings) -> None:
    places = rank(standings, TERMS)
    keys = {s.no: (s.outcome.score, s.subtotals[PROCESS], s.subtotals[GOALS], s.outcome.untrimmed) for s in standings}
    for place in places:
        if place.rank is not None:
            ahead = sum(1 for key in keys.values() if key[0] is not None and key > keys[place.no])
            assert place.rank == ahead + 1
    assert sorted(place.no for place in places) == sorted(keys)
