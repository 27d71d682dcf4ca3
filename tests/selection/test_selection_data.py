"""The parameters of scoring are data, and lint holds them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from appliance.rules.lint import lint
from appliance.rules.load import EDITIONS, load
from appliance.selection import rubric, terms
from appliance.selection.terms import Tie

SPOILED = (
    ("selection.toml", 'why = "少于 3 位', 'because = "少于 3 位', "selection.toml 的 least_judges：没有写为什么"),
    ("selection.toml", 'kind = "untrimmed"', 'kind = "coin"', "selection.toml 的 ties.全部评委平均分：不认识的“coin”"),
    ("selection.toml", '"目标内容", ', '"目标", ', "selection.toml 的 ties.目标内容小计：不认识的“目标”"),
    ("selection.toml", 'kind = "untrimmed"', 'kind = "vote"', "selection.toml 的 ties：评委表决应是最后一步，前面的都分不出才表决"),
    ("rubrics.toml", 'id = "2"', 'id = "1"', "rubrics.toml 的 R1：有两项用了同一个 id"),
)  # fmt: skip


@pytest.mark.parametrize(("file", "was", "now", "said"), SPOILED, ids=[row[3] for row in SPOILED])
def test_lint_names_the_mistake_in_what_scores_are_counted_by(
    tmp_path: Path, file: str, was: str, now: str, said: str
) -> None:
    copy = Path(shutil.copytree(EDITIONS / "2024", tmp_path / "2024"))
    text = (copy / file).read_text("utf-8")
    assert was in text
    (copy / file).write_text(text.replace(was, now), "utf-8")
    assert lint(copy)[0] == said


@pytest.mark.clause("R1", "R2", "R3")
@pytest.mark.parametrize("category", ["subject", "special", "experiment"])
def test_every_rubric_weighs_100_and_has_the_groups_that_part_ties(category: str) -> None:
    edition = load("2024")
    how = terms.from_edition(edition.selection)
    one = rubric.rubric_of(edition, category)
    full = {item.id: item.weight for item in one.items}
    assert (one.total(full), one.factor) == (100, 1)
    assert all(one.subtotal(full, tie.groups) for tie in how.ties if tie.kind == "groups")


def test_what_a_session_copies_of_its_edition_reads_back_the_same() -> None:
    edition = load("2024")
    how, one = terms.from_edition(edition.selection), rubric.rubric_of(edition, "special", ["9"])
    assert terms.from_data(terms.to_data(how)) == how
    assert rubric.from_data(rubric.to_data(one)) == one
    assert how.ties[-1] == Tie("vote", "评委表决")
