"""登记 with its scans, and 证书."""

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


def certificate_numbers(db: Database) -> None:
    """证书: the number as it was issued and the year it is of; one of an honour a lesson while it holds. Rows from
    before this step have neither and are found by their running number."""
    for column in ("number", "year"):
        db.conn.execute(f"alter table certificate add column {column} text not null default ''")
    db.conn.execute("create unique index certificate_number on certificate (number) where number <> ''")
    db.conn.execute(
        "create trigger certificate_once before insert on certificate when exists (select 1 from certificate c"
        " left join certificate_end e on e.certificate = c.no"
        " where c.lesson = new.lesson and c.honour = new.honour and e.certificate is null)"
        " begin select raise(abort, 'the lesson holds this certificate already'); end"
    )


def record_scans(db: Database) -> None:
    """扫描件 of a record: rows are only ever added, the newest of a kind holds. `material`: picked among what was handed
    in; null for one that the office brought itself."""
    db.conn.execute(
        "create table record_scan (id integer primary key autoincrement, lesson integer not null references lesson,"
        " kind text not null, sha256 text not null references blob, sort text not null, size integer not null,"
        " name text not null, material integer references material,"
        " by_user text not null, at text not null, clock text not null)"
    )
    append_only(db, "record_scan")
    db.conn.execute("create index record_scan_lesson on record_scan (lesson)")
