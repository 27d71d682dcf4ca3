"""The script that a school runs for itself, held against the box: on random sessions, and as a command."""

from __future__ import annotations

import importlib.util
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from appliance.rules.load import load
from appliance.selection import rubric, sheet, terms

ROOT = Path(__file__).parents[2]
EDITION = load("2024")
R1 = rubric.rubric_of(EDITION, "subject", ["8"])
JUDGES = tuple("甲乙丙丁戊己庚")


def script():
    spec = importlib.util.spec_from_file_location("recompute_ranking", ROOT / "docs/recompute_ranking.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@st.composite
def sessions(draw) -> dict:
    """Few different points, so that ties are common; corrections, recusals, overrides and votes among them."""
    nos = list(range(1, draw(st.integers(1, 6)) + 1))
    seen: dict[tuple[int, str], int] = {}
    scores, recusals, votes = [], [], []
    for no in nos:
        for judge in draw(st.lists(st.sampled_from(JUDGES), max_size=8)):
            seen[no, judge] = seen.get((no, judge), 0) + 1
            items = {item.id: str(draw(st.sampled_from([5, 5.5]))) for item in R1.used}
            scores.append({"id": len(scores), "lesson": no, "judge": judge, "version": seen[no, judge], "items": items})
    for judge, no, kind in draw(
        st.lists(
            st.tuples(st.sampled_from(JUDGES), st.sampled_from(nos), st.sampled_from(["school", "override"])),
            max_size=4,
        )
    ):
        recusals.append({"id": len(recusals), "lesson": no, "judge": judge, "kind": kind, "reason": kind})
    for among in draw(st.lists(st.sets(st.sampled_from(nos), min_size=2), max_size=3)) if len(nos) > 1 else []:
        choices = [{"judge": judge, "lesson": draw(st.sampled_from(sorted(among)))} for judge in JUDGES[:3]]
        votes.append({"id": len(votes), "among": sorted(among), "choices": choices})
    return {
        "rubric": rubric.to_data(R1), "terms": terms.to_data(terms.from_edition(EDITION.selection)),
        "lessons": [{"no": no, "title": f"课例{no}"} for no in nos], "judges": list(JUDGES),
        "recusals": recusals, "scores": draw(st.permutations(scores)), "votes": draw(st.permutations(votes)),
    }  # fmt: skip


@pytest.mark.clause("W2")
@settings(deadline=None, max_examples=60)
@given(sessions())
def test_the_independent_script_and_the_box_agree(data) -> None:
    ours = {row["no"]: (row["rank"], row["exact"] and Fraction(row["exact"])) for row in sheet.result(data)}
    assert script().places(data) == ours
