"""公示: lists shown, objections, outcomes."""

from __future__ import annotations

from sqlite_utils import Database

from appliance.catalog.schema.making import append_only


def publicity_lists(db: Database) -> None:
    """公示: what was shown and said can be added to, never changed."""
    stamp = "by_user text not null, at text not null, clock text not null"
    tables = {
        "publicity": "no integer primary key autoincrement, title text not null, contact text not null,"
        " first_day text not null, days integer not null, last_day text not null, edition text not null,"
        f" edition_hash text not null, lines text not null, {stamp}",
        "objection": "id integer primary key autoincrement, publicity integer not null references publicity,"
        f" lesson integer references lesson, who text not null, says text not null, {stamp}",
        "objection_outcome": "objection integer primary key references objection, outcome text not null,"
        f" how text not null, {stamp}",
        "publicity_end": f"publicity integer primary key references publicity, note text not null, {stamp}",
    }
    for table, columns in tables.items():
        db.conn.execute(f"create table {table} ({columns})")
    append_only(db, *tables)
