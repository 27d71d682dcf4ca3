from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.faults.schedules import Schedule

EVERYTHING = ("F1", "F2", "F3", "F4", "F12", "F13", "F14", "F15")


def run(count: int) -> None:
    """The same schedules at each run: they follow from the number alone."""
    run_state_machine_as_test(
        Schedule,
        settings=settings(
            max_examples=count, stateful_step_count=12, derandomize=True, deadline=None, database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip


@pytest.mark.fault(*EVERYTHING)
def test_a_few_random_schedules_of_drops_pulls_changes_and_kills_break_no_invariant() -> None:
    run(4)


@pytest.mark.slow
@pytest.mark.fault(*EVERYTHING)
def test_a_thousand_random_schedules_break_no_invariant() -> None:
    run(int(os.environ.get("SCHEDULES", "1000")))
