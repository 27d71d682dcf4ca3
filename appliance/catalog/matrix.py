"""School × lesson × material, as the catalog has it: a fixed few queries for any number of lessons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sqlite_utils import Database

Row = dict[str, Any]
FILTERS = ("school", "category", "state")
_OUT = "state not in ('rejected', 'withdrawn')"


def lessons(db: Database, chosen: Mapping[str, str]) -> list[Row]:
    """Rows of `lesson` that pass the filters, by category, school, title; each with `whole` and `half`, rows of
    {role, period}: its materials, and half files that no whole one has replaced. Rejected and withdrawn ones only
    when their state is asked for."""
    where, values = _where(chosen)
    rows = list(db.query(f"select * from lesson where {where} order by category, school, title, no", values))
    whole = _by_lesson(
        db, f"select lesson.no, m.role, m.period from material m join lesson using (revision) where {where}", values
    )
    half = _by_lesson(
        db,
        "select lesson.no, i.role, i.period from incomplete i join lesson on lesson.no = i.lesson"
        f" and lesson.revision = i.revision where {where} and not exists (select 1 from material m"
        "  where m.revision = i.revision and m.role = i.role and m.period = i.period)",
        values,
    )
    return [row | {"whole": whole[row["no"]], "half": half[row["no"]]} for row in rows]


def choices(db: Database) -> dict[str, list[tuple[str, int]]]:
    """{filter: [(value, how many lessons)]} over all lessons that are still in."""
    found: dict[str, list[tuple[str, int]]] = {}
    for name in FILTERS:
        rows = db.execute(
            f"select {name}, count(*) from lesson where {_OUT} and {name} <> '' group by {name} order by {name}"
        )
        found[name] = [(value, count) for value, count in rows.fetchall()]
    return found


def _where(chosen: Mapping[str, str]) -> tuple[str, list[str]]:
    names = [name for name in FILTERS if chosen.get(name)]
    terms = [f"lesson.{name} = ?" for name in names] + ([] if "state" in names else [f"lesson.{_OUT}"])
    return " and ".join(terms), [chosen[name] for name in names]


def _by_lesson(db: Database, sql: str, values: list[str]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in db.query(sql, values):
        found[row["no"]].append(row)
    return found
