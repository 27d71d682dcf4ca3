"""指纹: what finds copies."""

from __future__ import annotations

from sqlite_utils import Database

from appliance.catalog.schema.making import run


def originality(db: Database) -> None:
    """指纹 of texts and films, the keys that find them, imported lists, and which are alike (G8)."""
    run(db, _ORIGINALITY)


def picture_prints(db: Database) -> None:
    """Pictures of films are found by going through all of them, past the texts and sounds."""
    run(db, "create index print_kind on print (kind, id)")


_ORIGINALITY = """
create table print_list (
  id integer primary key, name text not null unique, year integer not null, station text not null,
  sha256 text not null, prints integer not null, at text not null);

create table print (
  id integer primary key, sha256 text not null, kind text not null, list integer references print_list,
  label text not null default '', scale integer not null, data blob not null);

create unique index print_file on print (sha256, kind) where list is null;

create index print_of_list on print (list);

create table print_key (
  key integer not null, print integer not null, place integer not null,
  primary key (key, print, place)) without rowid;

create table alike (
  one integer not null references print, other integer not null references print, score real not null,
  found text not null, primary key (one, other));

create index alike_other on alike (other)
"""
