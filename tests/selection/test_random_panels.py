"""Ten thousand random panels against whole numbers; and no order, retry or duplicate changes a result."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest

from appliance.catalog import Catalog
from appliance.rules.load import load
from appliance.selection import export, rubric, sheet, terms, trial
from appliance.selection.scoring import half_up, score
from tests.selection import whole_numbers
from tests.selection.sessions import JUDGES, opened, points, put

pytestmark = pytest.mark.clause("P3b", "W2", "R1", "R2", "R3")
EDITIONS = {"2024": load("2024"), "2023": load("2023")}


@pytest.mark.parametrize("edition", EDITIONS)
def test_scores_of_5000_random_panels_are_those_of_whole_numbers(edition: str) -> None:
    """Fifty pools of sheets, by rubric and indicators left out; a hundred panels out of each."""
    wrong, chance = [], random.Random(2024)
    for seed in range(50):
        data = whole_numbers.session(EDITIONS[edition], seed, 6)
        scale, how = rubric.from_data(data["rubric"]), terms.from_data(data["terms"])
        sheets = [{name: Decimal(value) for name, value in one["items"].items()} for one in data["scores"]]
        pool = [(scale.total(one), whole_numbers.steps_of(data, one)) for one in sheets]
        for _ in range(100):
            panel = chance.choices(pool, k=chance.randint(0, len(JUDGES) + 4)) if pool else []
            found = score({str(number): total for number, (total, _) in enumerate(panel)}, how).score
            steps = sorted(step for _, step in panel)
            counted = steps[1:-1] if len(steps) >= how.drop_from else steps
            theirs = whole_numbers.rounded(data, counted) if len(steps) >= how.least_judges else None
            if (None if found is None else str(half_up(found, how.decimals))) != theirs:
                wrong.append((seed, panel))
    assert wrong == []


@pytest.mark.parametrize("edition", EDITIONS)
def test_ranks_and_ties_of_random_sessions_are_those_of_whole_numbers(edition: str) -> None:
    wrong = []
    for seed in range(60):
        data = whole_numbers.session(EDITIONS[edition], seed, 5)
        result = sheet.result(data)
        ours = {row["no"]: (row["rank"], row["score"]) for row in result}
        theirs = {no: (rank, whole_numbers.shown(data, no)) for no, rank in whole_numbers.ranks(data).items()}
        if ours != theirs:
            wrong.append((seed, ours, theirs))
    assert wrong == []


def test_what_ends_in_half_a_unit_goes_up_where_binary_numbers_go_down() -> None:
    """The negative control: 88.125 is 88.13; Python's own rounding says 88.12, and would be seen."""
    data = {"rubric": {"items": [{"id": "1", "weight": 100}], "left_out": []}, "terms": {"step": "0.5", "decimals": 2}}
    panel = [176, 176, 176, 177]  # halves: 88, 88, 88, 88.5
    assert (whole_numbers.rounded(data, panel), f"{88.125:.2f}") == ("88.13", "88.12")


@pytest.mark.parametrize("seed", range(3))
def test_no_order_of_arrival_retry_or_duplicate_changes_a_result(catalog: Catalog, seed: int) -> None:
    session, chance = opened(catalog), random.Random(seed)
    sheets = [(no, judge, str(step % 5)) for step, (no, judge) in enumerate((n, j) for n in (1, 2, 3) for j in JUDGES)]
    sent = [*sheets, *chance.sample(sheets, 8)]
    chance.shuffle(sent)
    for no, judge, less in sent:
        for _ in range(chance.choice((1, 1, 2))):
            put(catalog, session, no, judge, points(less), judge, client=f"{judge}/{no}")
    data = export.of_session(catalog.db, session)
    result = [(row["no"], row["rank"], row["exact"]) for row in sheet.result(data)]
    # each lesson gets each of 0–4 once: 91–95, the middle three have a mean of 93
    assert (result, trial.missing(data)) == ([(1, 1, "93"), (2, 1, "93"), (3, 1, "93")], [])
