"""Who reads what: even, by the seed alone, and nobody what they may not read."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from appliance.selection.screening.assign import Paper, Plan, Reader, assign, fits

SUBJECTS = ("语文", "数学", "科学")


def case(number: int) -> tuple[list[Paper], list[Reader]]:
    chance = random.Random(number)
    readers = [
        Reader(f"专家{n}", frozenset(chance.sample(SUBJECTS, chance.randint(0, 2))), chance.randint(0, 3))
        for n in range(chance.randint(2, 9))
    ]
    papers = [
        Paper(n, chance.choice(SUBJECTS), 2, frozenset(one.name for one in readers if chance.random() < 0.2))
        for n in range(chance.randint(1, 40))
    ]
    return papers, readers


def loads(plan: Plan, readers: list[Reader]) -> Counter[str]:
    return Counter({one.name: one.load for one in readers}) + Counter(name for names in plan.values() for name in names)


@pytest.mark.clause("P3a")
@pytest.mark.parametrize("number", range(60))
def test_everybody_reads_only_what_they_may_and_each_lesson_has_as_many_as_there_are(number: int) -> None:
    papers, readers = case(number)
    plan = assign(papers, readers, "春")
    by_name = {one.name: one for one in readers}
    for paper in papers:
        may = sum(fits(one, paper) for one in readers)
        assert len(set(plan[paper.no])) == len(plan[paper.no]) == min(2, may)
        assert all(fits(by_name[name], paper) for name in plan[paper.no])


@pytest.mark.clause("P3a")
@pytest.mark.parametrize("number", range(60))
def test_nobody_could_hand_a_lesson_to_somebody_who_has_two_fewer(number: int) -> None:
    papers, readers = case(number)
    plan = assign(papers, readers, "春")
    load = loads(plan, readers)
    better = [
        (paper.no, name, other.name)
        for paper in papers
        for name in plan[paper.no]
        for other in readers
        if other.name not in plan[paper.no] and fits(other, paper) and load[name] - load[other.name] >= 2
    ]
    assert better == []


def test_the_plan_depends_on_the_seed_and_not_on_the_order_of_the_lists() -> None:
    papers, readers = case(3)
    one = assign(papers, readers, "春")
    assert assign(papers[::-1], readers[::-1], "春") == one
    assert assign(papers, readers, "秋") != one


def test_among_equals_the_loads_differ_by_one_at_most() -> None:
    papers = [Paper(n, "数学", 2) for n in range(31)]
    readers = [Reader(f"专家{n}") for n in range(7)]
    many = loads(assign(papers, readers, "春"), readers)
    assert (max(many.values()) - min(many.values()), sum(many.values())) == (1, 62)
