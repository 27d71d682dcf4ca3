"""课例: half files, the checklist, the two turns of a check."""

from __future__ import annotations

from sqlite_utils import Database

from appliance.catalog.schema.making import append_only


def half_files(db: Database) -> None:
    """Which lesson a half file in the quarantine was meant for, so that its slip can say so."""
    db.conn.execute(
        "create table incomplete (entry integer primary key references entry, lesson integer not null"
        " references lesson, revision integer not null references revision, role text not null,"
        " period integer not null)"
    )
    db.conn.execute("create index incomplete_lesson on incomplete (lesson)")


def checklist(db: Database) -> None:
    """核对: what a person answered to a question of the checklist, tied to the revision that they saw."""
    db.conn.execute(
        "create table tick (id integer primary key autoincrement, lesson integer not null references lesson,"
        " revision integer not null references revision, clause text not null, answer text not null,"
        " remark text not null default '', by_user text not null, at text not null, clock text not null)"
    )
    db.conn.execute("create index tick_lesson on tick (lesson, clause)")
    append_only(db, "tick")


def two_turns(db: Database) -> None:
    """初步检查: whether a check run is the first answer or the full one; how much of its looks a file has had."""
    db.conn.execute("alter table check_run add column turn text not null default 'full'")
    db.conn.execute("alter table media add column share real not null default 1")
