"""日历: the county's own dates, and that something is done. What is due by the notice is data of the edition."""

from __future__ import annotations

from sqlite_utils import Database

from appliance.catalog.schema.making import append_only


def season(db: Database) -> None:
    """Rows are only ever added; the newest of a name holds, and has no day once it was taken away."""
    stamp = "by_user text not null, at text not null, clock text not null"
    tables = {
        "season_date": f"id integer primary key autoincrement, what text not null, day text not null, {stamp}",
        "season_done": "id integer primary key autoincrement, key text not null, done integer not null,"
        f" note text not null, {stamp}",
    }
    for table, columns in tables.items():
        db.conn.execute(f"create table {table} ({columns})")
    append_only(db, *tables)


def filming(db: Database) -> None:
    """拍摄安排: rows are only ever added; the newest of a lesson holds, and has no day once it was called off."""
    db.conn.execute(
        "create table filming (id integer primary key autoincrement, lesson integer not null references lesson,"
        " day text not null, slot text not null, place text not null, crew text not null, note text not null,"
        " by_user text not null, at text not null, clock text not null)"
    )
    append_only(db, "filming")
    db.conn.execute("create index filming_lesson on filming (lesson)")
