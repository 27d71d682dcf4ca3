"""工作日: which days an office works, by weekends and the holidays and make-up days of each year (data).

Pure but for `calendar`, which reads the two files.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from appliance.errors import SettingsWrong

_OURS = Path(__file__).with_name("holidays.toml")
_DAY = dt.timedelta(days=1)
_LONGEST = 400  # days; a period in working days ends long before


@dataclass(frozen=True)
class Calendar:
    """`years`: those whose holidays are known; in the others only weekends are off."""

    off: frozenset[dt.date]
    work: frozenset[dt.date]
    years: frozenset[int]

    def works(self, day: dt.date) -> bool:
        return day in self.work or (day.weekday() < 5 and day not in self.off)

    def last_of(self, first: dt.date, days: int) -> dt.date:
        """The day on which `days` working days have passed, the first one counted when it is one."""
        return next(day for number, day in enumerate(self._working(first), 1) if number == days)

    def between(self, first: dt.date, last: dt.date) -> int:
        """Working days from `first` to `last`, both counted; 0 when `last` is before."""
        span = min((last - first).days + 1, _LONGEST)
        return sum(self.works(first + _DAY * n) for n in range(span))

    def knows(self, first: dt.date, last: dt.date) -> bool:
        return {first.year, last.year} <= self.years

    def _working(self, first: dt.date) -> Iterator[dt.date]:
        return (day for n in range(_LONGEST) if self.works(day := first + _DAY * n))


def calendar(home: Path) -> Calendar:
    """Ours, and over it the years of `<home>/holidays.toml`. Raises `SettingsWrong`."""
    years = _years(_OURS)
    local = home / "holidays.toml"
    if local.is_file():
        years = {**years, **_years(local)}
    off = {day for one in years.values() for first, last in one.get("off", ()) for day in _days(first, last)}
    return Calendar(
        frozenset(off), frozenset(dt.date.fromisoformat(day) for one in years.values() for day in one.get("work", ())),
        frozenset(int(year) for year in years),
    )  # fmt: skip


def _years(path: Path) -> Mapping[str, Any]:
    try:
        years = tomllib.loads(path.read_text("utf-8"))
        for year, one in years.items():
            ends = [day for span in one.get("off", ()) for day in (span[0], span[1])] + list(one.get("work", ()))
            if {dt.date.fromisoformat(day).year for day in ends} - {int(year)}:
                raise ValueError(f"{year} 里有别的年份的日子")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, ValueError, TypeError, IndexError, AttributeError) as error:
        raise SettingsWrong(f"{path.name} 读不懂：{error}", remedy="请按提示改正，或者删去这个文件") from error
    return years


def _days(first: str, last: str) -> Iterator[dt.date]:
    start, end = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    return (start + _DAY * n for n in range(min((end - start).days + 1, _LONGEST)))
