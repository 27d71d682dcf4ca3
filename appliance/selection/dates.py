"""日历: setting the county's own dates, and saying that something is done. One transaction with its journal entry."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from appliance import clock, journal
from appliance.calendar import calendar
from appliance.calendar import season as pure
from appliance.catalog import Catalog, filming, publicity, season
from appliance.errors import NotFound, WrongUse
from appliance.model import LessonState
from appliance.rules.edition import Edition

_LONGEST = 60


def known(catalog: Catalog, edition: Edition) -> list[pure.Date]:
    return pure.dates(edition.dates, season.days(catalog.db), publicity.all_lists(catalog.db), _to_film(catalog))


def _to_film(catalog: Catalog) -> list[dict[str, Any]]:
    """What is not filmed yet, as far as the box can tell: the lesson is still a candidate."""
    return [row for row in filming.standing(catalog.db) if row["state"] == LessonState.CANDIDATE]


def items(catalog: Catalog, edition: Edition, home: Path) -> list[pure.Item]:
    """All that is due, soonest first, what is done last."""
    return pure.items(known(catalog, edition), season.done(catalog.db), clock.now(), calendar(home))


def set_day(catalog: Catalog, what: str, day: str, by: str) -> None:
    """`day`: `2024-09-20`, "" takes the date away. Raises `WrongUse`, `NotFound`."""
    name = what.strip()
    if not name or len(name) > _LONGEST:
        raise WrongUse(f"要写是什么事，不超过 {_LONGEST} 个字", remedy="请补齐再试")
    if day:
        _day(day)
    elif name not in season.days(catalog.db):
        raise NotFound(f"日历里没有“{name}”")
    with catalog.writing() as db:
        season.set_day(db, name, day, by)
        journal.append(db, "season.date", "season", {"name": name, "day": day or "去掉"}, actor=by)


def say(catalog: Catalog, edition: Edition, key: str, done: bool, note: str, by: str) -> None:
    """Raises `NotFound`."""
    found = next((one for one in known(catalog, edition) if one.key == key), None)
    if found is None:
        raise NotFound("日历里没有这件事", remedy="请刷新再试")
    with catalog.writing() as db:
        season.say(db, key, done, note.strip()[:200], by)
        data = {"name": found.what, "value": "已办" if done else "没办完", "note": note.strip()[:200]}
        journal.append(db, "season.done", "season", data, actor=by)


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise WrongUse("日子没有写对", remedy="请写成 2024-09-20 的样子") from error
