"""打印: what was asked of the receipt printer, and what became of it."""

from __future__ import annotations

from sqlite_utils import Database


def print_jobs(db: Database) -> None:
    db.conn.execute(
        "create table print_job (id integer primary key autoincrement, paper text not null, about integer not null,"
        " state text not null default 'queued' check (state in ('queued', 'printing', 'done', 'failed')),"
        " reason text not null default '', by_user text not null, at text not null, clock text not null,"
        " ended_at text not null default '')"
    )
    db.conn.execute("create index print_job_state on print_job (state)")
