"""初筛: rounds, who reads what, and what they said."""

from __future__ import annotations

from sqlite_utils import Database

from appliance.catalog.schema.making import append_only


def screening(db: Database) -> None:
    """Rows are only ever added: an expert is taken off by a row, an opinion put right by a newer one."""
    stamp = "by_user text not null, at text not null, clock text not null"
    tables = {
        "screening": "id integer primary key autoincrement, name text not null unique, readers integer not null,"
        f" seed text not null, edition text not null, edition_hash text not null, {stamp}",
        "reading": "id integer primary key autoincrement, screening integer not null references screening,"
        " lesson integer not null references lesson, revision integer not null references revision,"
        f" expert text not null references judge, {stamp}, unique (screening, lesson, expert)",
        "reading_end": f"reading integer primary key references reading, reason text not null, {stamp}",
        "opinion": "id integer primary key autoincrement, reading integer not null references reading,"
        " revision integer not null references revision, says text not null, reason text not null,"
        f" answers text not null, client text not null unique, {stamp}",
        "screening_bar": "id integer primary key autoincrement, lesson integer not null references lesson,"
        f" expert text not null references judge, reason text not null, {stamp}",
        "unblinded": f"material integer primary key references material, reason text not null, {stamp}",
        "screening_end": f"screening integer primary key references screening, {stamp}",
    }
    for table, columns in tables.items():
        db.conn.execute(f"create table {table} ({columns})")
    append_only(db, *tables)
    db.conn.execute("create index reading_expert on reading (expert)")
    db.conn.execute("create index reading_lesson on reading (lesson)")
    db.conn.execute("create index opinion_reading on opinion (reading)")
