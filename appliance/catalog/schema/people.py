"""名册 and 交件码: who the county works with, and how a school hands in."""

from __future__ import annotations

from sqlite_utils import Database

from appliance.catalog.schema.making import run


def rosters(db: Database) -> None:
    """名册: every sheet that was brought, whole, so that what was in force on a day can be told."""
    db.conn.execute(
        "create table roster (id integer primary key autoincrement, kind text not null, file text not null,"
        " sha256 text not null, lines text not null, state text not null, by_user text not null, at text not null,"
        " clock text not null, decided_by text not null default '', decided_at text not null default '')"
    )
    db.conn.execute("create unique index roster_in_force on roster (kind) where state = 'in_force'")


def school_hand_ins(db: Database) -> None:
    """交件: the schools' codes, what each is handing in by browser, and how many bytes of each file are safe."""
    run(db, _HAND_INS)


_HAND_INS = """
create table school_code (
  id integer primary key autoincrement, school text not null unique, code text not null, bytes integer,
  revoked integer not null default 0, failures integer not null default 0, locked_until real not null default 0,
  epoch integer not null default 0, made_at text not null, by_user text not null);

create table hand_in (
  id integer primary key autoincrement, school integer not null references school_code,
  state text not null default 'open', made_at text not null, handed_at text not null default '');

create unique index hand_in_open on hand_in (school) where state = 'open';

create table upload (
  id text primary key, hand_in integer not null references hand_in, name text not null, size integer not null,
  stamp text not null, bytes integer not null default 0, idle real not null default 0, made_at text not null,
  unique (hand_in, name))
"""
