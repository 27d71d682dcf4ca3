"""What counts as a teacher's name on a title card."""

from __future__ import annotations

import time

import pytest

from appliance.rules.card_text import is_name
from appliance.rules.load import load

TEACHERS = load("2024").aliases["teachers"]


def test_a_usual_name_and_a_sample_one_are_names_and_a_word_is_none() -> None:
    assert [is_name(word, TEACHERS) for word in ("欧阳明月", "教师甲", "分数")] == [True, True, False]


@pytest.mark.fault("H14")
def test_a_countys_pattern_that_explodes_costs_little_on_the_longest_line() -> None:
    start = time.process_time()
    assert not is_name("a" * 5000, {"pattern": "(a+)+b"})
    assert not is_name("a" * 16, {"pattern": "(a+)+b"})
    assert time.process_time() - start < 2
