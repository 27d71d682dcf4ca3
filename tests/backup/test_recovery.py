"""The code on paper, and which snapshots stay."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from appliance.backup import recovery
from appliance.backup.policy import Policy
from appliance.backup.retention import kept
from appliance.errors import WrongUse

POLICY = Policy(last=2, daily=7, weekly=4, monthly=12, nights=14, remind_days=3)


def test_a_code_gives_the_same_keys_however_it_is_typed() -> None:
    code = recovery.fresh_code()
    full_width = "".join(chr(ord(letter) + 0xFEE0) if letter.isalnum() else "－" for letter in code.lower())
    assert recovery.keys_of(code) == recovery.keys_of(code.replace("-", " ").lower()) == recovery.keys_of(full_width)
    assert len({recovery.fresh_code() for _ in range(100)}) == 100


def test_each_letter_that_is_mistyped_is_noticed_or_opens_nothing_and_its_group_is_named() -> None:
    code, named = recovery.fresh_code(), 0
    for at, letter in enumerate(code):
        if letter == "-":
            continue
        for other in recovery.LETTERS:
            wrong = code[:at] + other + code[at + 1 :]
            try:
                assert wrong == code or recovery.keys_of(wrong).id != recovery.keys_of(code).id
            except WrongUse as error:
                named += f"第 {at // 6 + 1} 组" in str(error)
    assert named > 40 * 30 * 0.9


def test_a_code_of_another_length_says_how_long_it_must_be() -> None:
    with pytest.raises(WrongUse, match="8 组、每组 5 个"):
        recovery.keys_of("ABCDE-FGHJK")


def test_once_it_is_on_paper_the_box_itself_cannot_tell_the_code(tmp_path: Path) -> None:
    (tmp_path / "secret").mkdir()
    made = recovery.make(tmp_path)
    assert recovery.make(tmp_path) == made and recovery.keys_of(made.code) == made
    recovery.on_paper(tmp_path)
    after = recovery.needed(tmp_path)
    assert (after.id, after.name, after.seal, after.code) == (made.id, made.name, made.seal, "")
    assert made.code.encode() not in (tmp_path / "secret/backup.key").read_bytes()


def test_of_two_years_of_nights_seven_days_four_weeks_and_twelve_months_stay() -> None:
    start = dt.date(2024, 1, 1)
    nights = [(number, start + dt.timedelta(days=number)) for number in range(730)]
    stay = sorted(kept(nights, POLICY), reverse=True)
    days = [start + dt.timedelta(days=number) for number in stay]
    assert stay[:7] == [729, 728, 727, 726, 725, 724, 723]
    assert len({day.isocalendar()[:2] for day in days[:9]}) >= 4 and len({(day.year, day.month) for day in days}) == 12
    assert len(stay) <= 7 + 4 + 12


def test_with_a_dead_clock_the_last_ones_stay_all_the_same() -> None:
    assert kept([(number, dt.date(1970, 1, 1)) for number in range(1, 30)], POLICY) == {29, 28}
