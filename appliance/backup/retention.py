"""Which snapshots stay. Pure: numbers and days in, numbers out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

from appliance.backup.policy import Policy


def kept(snapshots: Iterable[tuple[int, dt.date]], policy: Policy) -> set[int]:
    """`snapshots`: (number, day). Numbers tell the order, days only the bucket. The newest of a day, week or month
    stays, for so many days, weeks and months in which there was one; and the last few in any case."""
    newest_first = sorted(snapshots, reverse=True)
    stay = {number for number, _ in newest_first[: policy.last]}
    for bucket, count in ((_day, policy.daily), (_week, policy.weekly), (_month, policy.monthly)):
        stay |= _newest_each(newest_first, bucket, count)
    return stay


def _newest_each(newest_first: list[tuple[int, dt.date]], bucket: Callable[[dt.date], object], count: int) -> set[int]:
    found: dict[object, int] = {}
    for number, day in newest_first:
        if len(found) < count or bucket(day) in found:
            found.setdefault(bucket(day), number)
    return set(found.values())


def _day(day: dt.date) -> object:
    return day


def _week(day: dt.date) -> object:
    return day.isocalendar()[:2]


def _month(day: dt.date) -> object:
    return day.year, day.month
