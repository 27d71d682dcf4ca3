"""评委组: judges, which session they sit in, what they declared, and from which lessons they are recused."""

from __future__ import annotations

import json
from typing import Any

from sqlite_utils import Database

from appliance import clock
from appliance.catalog import rosters
from appliance.errors import NotFound

JUDGE, OBSERVER = "judge", "observer"


def save_judge(db: Database, name: str, school: str, subjects: list[str], coached: list[str], kin: list[str]) -> None:
    """A judge known already is known better afterwards: what was declared once stays declared."""
    old = find_judge(db, name) or {"subjects": [], "coached": [], "kin": []}
    lists = {
        key: json.dumps(sorted({*old[key], *new}), ensure_ascii=False)
        for key, new in (("subjects", subjects), ("coached", coached), ("kin", kin))
    }
    db.table("judge").upsert({"name": name, "school": school, **lists}, pk="name")


def find_judge(db: Database, name: str) -> dict[str, Any] | None:
    row = next(db.query("select * from judge where name = ?", [name]), None)
    return _judge(row) if row else None


def seat(db: Database, session: int, name: str, kind: str = JUDGE, replaces: str = "", reason: str = "") -> None:
    """The next free seat, which stays theirs: printed score sheets go by its number."""
    db.execute(
        "insert into panel (session, judge, seat, kind, replaces, reason) select ?, ?, coalesce(max(seat), 0) + 1, ?, ?, ?"
        " from panel where session = ? on conflict (session, judge) do nothing",
        [session, name, kind, replaces, reason, session],
    )


def everybody_of(db: Database, session: int) -> list[dict[str, Any]]:
    """By seat: who sits here, judges and observers, with `seat`, `kind`, `replaces`, `replaced_by`."""
    rows = [
        _judge(row)
        for row in db.query(
            "select judge.*, seat, kind, replaces, reason from panel join judge on judge.name = panel.judge"
            " where session = ? order by seat",
            [session],
        )
    ]
    heirs = {row["replaces"]: row["name"] for row in rows if row["replaces"]}
    return [{**row, "replaced_by": heirs.get(row["name"], "")} for row in rows]


def seats_of(db: Database, name: str) -> dict[int, str]:
    """{session: judge or observer} of the sessions in which this person sits."""
    return dict(db.execute("select session, kind from panel where judge = ?", [name]).fetchall())


def judges_of(db: Database, session: int) -> list[dict[str, Any]]:
    """By name: those whose scores count."""
    return sorted((row for row in everybody_of(db, session) if row["kind"] == JUDGE), key=lambda row: row["name"])


def judge_of(db: Database, session: int, name: str) -> dict[str, Any]:
    """A judge or an observer. Raises `NotFound` when they do not sit in the session."""
    found = [judge for judge in everybody_of(db, session) if judge["name"] == name]
    if not found:
        raise NotFound(f"第 {session} 场没有评委 {name}")
    return found[0]


def recuse(
    db: Database, session: int, lesson: int, judge: str, kind: str, reason: str, by: str, second: str = ""
) -> int:
    row = {
        "session": session, "lesson": lesson, "judge": judge, "kind": kind, "reason": reason, "by_user": by,
        "second": second, "at": clock.now().wall,
    }  # fmt: skip
    return int(db.table("recusal").insert(row).last_pk or 0)


def recusals_of(db: Database, session: int) -> list[dict[str, Any]]:
    """In the order in which they were recorded."""
    return list(db.query("select * from recusal where session = ? order by id", [session]))


def call_school(db: Database, name: str, school: str) -> None:
    db.table("school_name").upsert({"name": name, "school": school}, pk="name")


def group_school(db: Database, school: str, group: str) -> None:
    db.table("school_group").upsert({"school": school, "name": group}, pk="school")


def schools(db: Database) -> tuple[dict[str, str], dict[str, str]]:
    """({other name: school}, {school: group}): the roster in force, and what was said at a session over it."""
    roster = rosters.lines(db, "schools")
    names = {alias: line["name"] for line in roster for alias in line["aliases"]}
    groups = {line["name"]: line["group"] for line in roster if line["group"]}
    names |= {row["name"]: row["school"] for row in db.query("select * from school_name")}
    return names, groups | {row["school"]: row["name"] for row in db.query("select * from school_group")}


def _judge(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, **{key: json.loads(row[key]) for key in ("subjects", "coached", "kin")}}
