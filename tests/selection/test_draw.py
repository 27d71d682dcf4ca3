"""The draw, against the shell's own sha256sum."""

from __future__ import annotations

import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.errors import WrongUse
from appliance.selection.draw import clean_seed, draw

RECIPE = "for n in 1 2 3 4 5 12; do printf '%s %s\\n' \"$(printf '%s\\n%s' \"$SEED\" $n | sha256sum | cut -c1-64)\" $n; done | LC_ALL=C sort"


def test_a_shell_script_draws_the_same_lots() -> None:
    said = subprocess.run(
        ["sh", "-c", RECIPE], env={"SEED": "春暖花开 20240918", "PATH": "/usr/bin:/bin"}, capture_output=True, text=True
    )
    lots = [tuple(reversed(line.split())) for line in said.stdout.splitlines()]
    assert draw(["12", "5", "3", "1", "4", "2"], "春暖花开 20240918") == lots


@given(st.sets(st.integers(1, 500).map(str)), st.text(), st.randoms())
def test_the_order_of_entries_does_not_matter_and_all_are_drawn(entries, seed, random) -> None:
    seed = seed.encode("utf-8", "replace").decode()
    shuffled = sorted(entries)
    random.shuffle(shuffled)
    assert draw(shuffled, seed) == draw(sorted(entries), seed)
    assert {entry for entry, _ in draw(shuffled, seed)} == entries


@pytest.mark.parametrize("seed", ["", "  ", "a\nb", "a\u200bb", "\x00"])
def test_a_seed_that_cannot_be_printed_is_refused(seed: str) -> None:
    with pytest.raises(WrongUse):
        clean_seed(seed)
    assert clean_seed(" 88 61 ") == "88 61"
