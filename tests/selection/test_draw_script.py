"""The draw held against `sha256sum` and `sort`, as anybody with a shell computes it again."""

from __future__ import annotations

import random
import subprocess
from pathlib import Path

import pytest

from appliance.selection.draw import clean_seed, draw

SCRIPT = Path(__file__).parents[2] / "docs/recompute_draw.sh"
SEEDS = ("春风八六一三", "2024", "a b  c", "100%s\\n", "㛃䶮𬱖𫖮", "-n", "$(id)", "e\u0301")


@pytest.mark.clause("P3b", "W2")
@pytest.mark.parametrize("seed", SEEDS)
def test_a_shell_script_draws_the_same_order(seed: str) -> None:
    word = clean_seed(seed)
    numbers = [str(no) for no in random.Random(seed).sample(range(1, 100_000), 12)]
    printed = subprocess.run(["sh", SCRIPT, word, *numbers], check=True, capture_output=True, text=True).stdout
    assert [tuple(line.split()) for line in printed.splitlines()] == draw(numbers, word)
