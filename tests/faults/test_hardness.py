"""The hardness table is complete: no fault and no hostile input without a test, no test of one that is not there."""

from __future__ import annotations

import pytest

from tests.faults.hardness import main
from tests.faults.hardness_ids import ELSEWHERE, WANTED
from tests.quality.marks import shown_by

SHOWN = shown_by("fault")


@pytest.mark.parametrize("id", WANTED)
def test_each_fault_and_hostile_input_has_a_test(id: str) -> None:
    assert SHOWN.get(id), f"{id} {WANTED[id]}: no test names it"


def test_tests_and_reasons_name_only_what_is_in_the_table() -> None:
    assert set(SHOWN) <= set(WANTED) and set(ELSEWHERE) <= set(WANTED)


def test_the_table_can_be_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--list", "F1"]) == 0
    assert [line.split("|")[1].strip() for line in capsys.readouterr().out.splitlines()[2:]] == ["F1"]
