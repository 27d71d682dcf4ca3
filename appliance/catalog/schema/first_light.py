"""收件, 课例, 查验, 决定, 上报 and the box's own rows: the tables that every station began with."""

from __future__ import annotations

from sqlite_utils import Database

from appliance.catalog.schema.making import run


def first_light(db: Database) -> None:
    run(db, _FIRST)


_FIRST = """
create table drop_ (
  id integer primary key, kind text not null, identity text not null, name text not null, path text not null,
  school text not null default '', present integer not null default 1, state text not null default 'waiting',
  message text not null default '', bytes_total integer not null default 0, bytes_done integer not null default 0,
  files_total integer not null default 0, files_done integer not null default 0,
  current text not null default '', seen_at text not null, updated_at text not null,
  unique (kind, identity));

create table parcel (
  drop_ integer not null references drop_, name text not null, signature text not null,
  delivery integer references delivery, message text not null default '', primary key (drop_, name));

create table delivery (
  no integer primary key autoincrement, drop_ integer references drop_, source text not null, kind text not null,
  receipt text not null, fingerprint text not null, duplicate_of integer references delivery,
  school text not null default '', received_at text not null, clock text not null,
  state text not null, attempts integer not null default 0, next_try real not null default 0,
  error text not null default '', claimed_by text not null default '');

create index delivery_fingerprint on delivery (fingerprint);

create index delivery_state on delivery (state);

create table blob (
  sha256 text primary key, size integer not null, stored_at text not null, verified_at text not null,
  damaged integer not null default 0);

create table entry (
  id integer primary key, delivery integer not null references delivery, parent integer references entry,
  raw blob not null, name text not null, size integer not null, fate text not null,
  reason text not null default '', sha256 text not null default '');

create index entry_delivery on entry (delivery);

create table lesson (
  no integer primary key autoincrement, key text not null, title text not null, category text not null,
  stage text not null, subject text not null, grade text not null, textbook text not null, volume text not null,
  teacher text not null, school text not null, special_kind text not null, periods integer not null,
  authors text not null default '[]', sources text not null default '{}',
  state text not null, phase text not null, verdict text, revision integer, created_at text not null,
  version integer not null default 0, returned_note text not null default '');

create unique index lesson_key on lesson (key);

create index lesson_state on lesson (state);

create table revision (
  id integer primary key, lesson integer not null references lesson, number integer not null,
  previous integer references revision, delivery integer references delivery, state text not null default 'current',
  created_at text not null, unique (lesson, number));

create table material (
  id integer primary key, revision integer not null references revision, role text not null,
  period integer not null, name text not null, raw blob not null, sha256 text not null references blob,
  size integer not null, delivery integer references delivery, unique (revision, role, period, name));

create index material_sha256 on material (sha256);

create table delivery_lesson (
  delivery integer not null references delivery, lesson integer not null references lesson,
  revision integer not null references revision, fate text not null, primary key (delivery, lesson));

create table media (
  sha256 text primary key references blob, measured text not null, tools text not null, at text not null);

create table check_run (
  id integer primary key, lesson integer not null references lesson, revision integer not null references revision,
  phase text not null, edition text not null, edition_hash text not null, tools text not null,
  verdict text not null, at text not null, clock text not null);

create index check_run_revision on check_run (revision);

create table finding (
  id integer primary key, check_run integer not null references check_run, rule text not null,
  clause text not null, place text not null, severity text not null, outcome text not null,
  material text not null, measured text not null, expected text not null, says text not null, fix text not null);

create index finding_check_run on finding (check_run);

create table waiver (
  id integer primary key, lesson integer not null references lesson, rule text not null, material text not null,
  sha256 text not null default '', by_user text not null, reason text not null, at text not null);

create table decision (
  id integer primary key, lesson integer not null references lesson, revision integer not null references revision,
  kind text not null, by_user text not null, reason text not null, before text not null, after text not null,
  at text not null, clock text not null);

create index decision_lesson on decision (lesson);

create table user (
  name text primary key, shown text not null, role text not null, password text not null,
  disabled integer not null default 0, failures integer not null default 0, locked_until real not null default 0,
  epoch integer not null default 0, created_at text not null);

create table bundle (
  id integer primary key, lesson integer not null references lesson, revision integer not null references revision,
  version integer not null, epoch integer not null, seq integer not null, prev text not null,
  tagmanifest_sha256 text not null, path text not null, bytes integer not null, created_at text not null,
  state text not null, reason text not null default '', attempts integer not null default 0,
  next_try real not null default 0, bytes_sent integer not null default 0, unique (epoch, seq));

create table receipt_in (
  id integer primary key, bundle integer references bundle, city_seq integer not null, status text not null,
  document text not null, signature text not null, fetched_at text not null, station text not null,
  unique (station, city_seq));

create table receipt_out (
  city_seq integer primary key autoincrement, county text not null, lesson text not null, version integer not null,
  epoch integer not null, seq integer not null, tagmanifest_sha256 text not null, status text not null,
  document text not null, at text not null, unique (county, tagmanifest_sha256, status));

create table peer (
  code text primary key, name text not null, direction text not null, document text not null,
  revoked_from integer, last_epoch integer not null default 0, last_seq integer not null default 0,
  last_tagmanifest text not null default '', enrolled_at text not null);

create table station_state (name text primary key, value text not null);

create table event (
  seq integer primary key autoincrement, at text not null, clock text not null, kind text not null,
  subject text not null, actor text not null, data text not null, prev text not null, hash text not null);

create virtual table lesson_words using fts5 (words, tokenize = 'unicode61 remove_diacritics 0')
"""
