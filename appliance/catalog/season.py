"""日历: the county's own dates, and what people said is done. Rows are only ever added; the newest holds."""

from __future__ import annotations

from typing import Any

from sqlite_utils import Database

from appliance.catalog.stamp import stamp


def set_day(db: Database, what: str, day: str, by: str) -> None:
    """`day` "" takes the date away."""
    db.table("season_date").insert({"what": what, "day": day, **stamp(by)})


def days(db: Database) -> dict[str, dict[str, Any]]:
    """{what: its newest row}, without those that were taken away."""
    found = {row["what"]: row for row in db.query("select * from season_date order by id")}
    return {what: row for what, row in found.items() if row["day"]}


def say(db: Database, key: str, done: bool, note: str, by: str) -> None:
    db.table("season_done").insert({"key": key, "done": done, "note": note, **stamp(by)})


def done(db: Database) -> dict[str, dict[str, Any]]:
    """{key: the newest row}, of what is done now."""
    found = {row["key"]: row for row in db.query("select * from season_done order by id")}
    return {key: row for key, row in found.items() if row["done"]}
