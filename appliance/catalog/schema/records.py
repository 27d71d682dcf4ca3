"""登记 and 证书."""

from __future__ import annotations

from sqlite_utils import Database

from appliance.catalog.schema.making import append_only


def lesson_records(db: Database) -> None:
    """登记 and 证书: rows are only ever added."""
    stamp = "by_user text not null, at text not null, clock text not null"
    tables = {
        "record": "id integer primary key autoincrement, lesson integer not null references lesson,"
        f" kind text not null, value text not null, note text not null, {stamp}",
        "certificate": "no integer primary key autoincrement, lesson integer not null references lesson,"
        f" honour text not null, check_code text not null, line text not null, {stamp}",
        "certificate_end": f"certificate integer primary key references certificate, reason text not null, {stamp}",
    }
    for table, columns in tables.items():
        db.conn.execute(f"create table {table} ({columns})")
    append_only(db, *tables)
    db.conn.execute("create index record_lesson on record (lesson)")
