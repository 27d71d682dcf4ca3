"""Working days: weekends, holidays, make-up days, and years that nobody told."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from appliance.calendar import calendar
from appliance.errors import SettingsWrong

DAY = dt.date.fromisoformat


@pytest.mark.clause("W2")
@pytest.mark.parametrize(
    ("first", "days", "last"),
    [
        ("2024-09-02", 5, "2024-09-06"),
        ("2024-09-07", 1, "2024-09-09"),  # begun on a Saturday: Monday is the first day
        ("2024-09-12", 5, "2024-09-19"),  # 12, 13, Saturday 14 works, 15–17 are off, 18, 19
        ("2024-09-27", 5, "2024-10-09"),  # 27, Sunday 29 works, 30, then the national days, 8, 9
    ],
)  # fmt: skip
def test_a_period_ends_after_its_working_days(tmp_path: Path, first: str, days: int, last: str) -> None:
    found = calendar(tmp_path)
    assert (found.last_of(DAY(first), days), found.between(DAY(first), DAY(last))) == (DAY(last), days)


def test_a_year_that_is_not_known_says_so_and_a_local_file_tells_it(tmp_path: Path) -> None:
    assert calendar(tmp_path).knows(DAY("2031-05-01"), DAY("2031-05-08")) is False
    (tmp_path / "holidays.toml").write_text('["2031"]\noff = [["2031-05-01", "2031-05-05"]]\nwork = ["2031-05-10"]\n')
    found = calendar(tmp_path)
    assert found.knows(DAY("2031-05-01"), DAY("2031-05-08"))
    assert found.last_of(DAY("2031-05-01"), 5) == DAY("2031-05-10")


@pytest.mark.parametrize(
    "text",
    ["[", '["2031"]\noff = [["2030-05-01", "2031-05-05"]]', '["2031"]\noff = ["x"]', '["2031"]\nwork = [1]', "x = 1"],
)
def test_a_local_file_that_makes_no_sense_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "holidays.toml").write_text(text)
    with pytest.raises(SettingsWrong, match="holidays"):
        calendar(tmp_path)
