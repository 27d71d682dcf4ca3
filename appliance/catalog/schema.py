"""The tables, as migrations. A released migration is never edited; a new one is added below.

Times are ISO 8601 text beside their `clock` quality; order is by the integer keys.
"""

from __future__ import annotations

from sqlite_utils import Database, Migrations

migrations = Migrations("lessonbox")


@migrations()
def first_light(db: Database) -> None:
    for statement in _FIRST.split(";\n\n"):
        if statement.strip():
            db.conn.execute(statement)


@migrations()
def half_files(db: Database) -> None:
    """Which lesson a half file in the quarantine was meant for, so that its slip can say so."""
    db.conn.execute(
        "create table incomplete (entry integer primary key references entry, lesson integer not null"
        " references lesson, revision integer not null references revision, role text not null,"
        " period integer not null)"
    )
    db.conn.execute("create index incomplete_lesson on incomplete (lesson)")


@migrations()
def trial_sessions(db: Database) -> None:
    """场次: who judges what, by which rubric, and every score. What was recorded can be added to, never changed."""
    for statement in _TRIALS.split(";\n\n"):
        db.conn.execute(statement)
    for table in ("score", "recusal", "vote", "lock"):
        for deed in ("update", "delete"):
            db.conn.execute(
                f"create trigger {table}_no_{deed} before {deed} on {table}"
                f" begin select raise(abort, '{table} is append-only'); end"
            )
    for table in ("score", "recusal"):
        db.conn.execute(
            f"create trigger {table}_locked before insert on {table} when exists"
            " (select 1 from lock where session = new.session) begin select raise(abort, 'session is locked'); end"
        )


@migrations()
def checklist(db: Database) -> None:
    """核对: what a person answered to a question of the checklist, tied to the revision that they saw."""
    db.conn.execute(
        "create table tick (id integer primary key autoincrement, lesson integer not null references lesson,"
        " revision integer not null references revision, clause text not null, answer text not null,"
        " remark text not null default '', by_user text not null, at text not null, clock text not null)"
    )
    db.conn.execute("create index tick_lesson on tick (lesson, clause)")
    for deed in ("update", "delete"):
        db.conn.execute(
            f"create trigger tick_no_{deed} before {deed} on tick begin select raise(abort, 'tick is append-only'); end"
        )


@migrations()
def rosters(db: Database) -> None:
    """名册: every sheet that was brought, whole, so that what was in force on a day can be told."""
    db.conn.execute(
        "create table roster (id integer primary key autoincrement, kind text not null, file text not null,"
        " sha256 text not null, lines text not null, state text not null, by_user text not null, at text not null,"
        " clock text not null, decided_by text not null default '', decided_at text not null default '')"
    )
    db.conn.execute("create unique index roster_in_force on roster (kind) where state = 'in_force'")


@migrations()
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
        for deed in ("update", "delete"):
            db.conn.execute(
                f"create trigger {table}_no_{deed} before {deed} on {table}"
                f" begin select raise(abort, '{table} is append-only'); end"
            )


@migrations()
def school_hand_ins(db: Database) -> None:
    """交件: the schools' codes, what each is handing in by browser, and how many bytes of each file are safe."""
    for statement in _HAND_INS.split(";\n\n"):
        db.conn.execute(statement)


@migrations()
def two_turns(db: Database) -> None:
    """初步检查: whether a check run is the first answer or the full one; how much of its looks a file has had."""
    db.conn.execute("alter table check_run add column turn text not null default 'full'")
    db.conn.execute("alter table media add column share real not null default 1")


@migrations()
def tablets(db: Database) -> None:
    """评委的平板: entrance codes, declarations, every touch of a sheet, and the comment of a score."""
    db.conn.execute(
        "create table judge_code (id integer primary key autoincrement, judge text not null unique references judge,"
        " code text not null, epoch integer not null default 0, failures integer not null default 0,"
        " locked_until real not null default 0, made_at text not null, by_user text not null)"
    )
    db.conn.execute(
        "create table declaration (session integer not null references session, judge text not null references judge,"
        " at text not null, clock text not null, primary key (session, judge))"
    )
    db.conn.execute(
        "create table draft (id integer primary key autoincrement, session integer not null references session,"
        " lesson integer not null references lesson, judge text not null references judge, client text not null,"
        " number integer not null, items text not null, comment text not null, at text not null,"
        " unique (client, number))"
    )
    db.conn.execute("create index draft_sheet on draft (session, judge, lesson)")
    db.conn.execute("alter table score add column comment text not null default ''")


@migrations()
def originality(db: Database) -> None:
    """指纹 of texts and films, the keys that find them, imported lists, and which are alike (G8)."""
    for statement in _ORIGINALITY.split(";\n\n"):
        db.conn.execute(statement)


@migrations()
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
        for deed in ("update", "delete"):
            db.conn.execute(
                f"create trigger {table}_no_{deed} before {deed} on {table}"
                f" begin select raise(abort, '{table} is append-only'); end"
            )
    db.conn.execute("create index record_lesson on record (lesson)")


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

_TRIALS = """
create table session (
  id integer primary key autoincrement, name text not null unique, category text not null, stage text not null,
  subject text not null, room text not null, edition text not null, edition_hash text not null,
  rubric text not null, terms text not null, seed text not null default '', drawn_at text not null default '',
  by_user text not null, created_at text not null, clock text not null);

create table session_lesson (
  session integer not null references session, lesson integer not null unique references lesson,
  revision integer not null references revision, materials_sha256 text not null, place integer,
  primary key (session, lesson));

create table judge (
  name text primary key, school text not null, subjects text not null, coached text not null, kin text not null);

create table panel (
  session integer not null references session, judge text not null references judge, primary key (session, judge));

create table recusal (
  id integer primary key autoincrement, session integer not null references session,
  lesson integer not null references lesson, judge text not null references judge, kind text not null,
  reason text not null, by_user text not null, second text not null default '', at text not null);

create index recusal_session on recusal (session);

create table score (
  id integer primary key autoincrement, session integer not null references session,
  lesson integer not null references lesson, judge text not null references judge, version integer not null,
  items text not null, revision integer not null references revision, materials_sha256 text not null,
  by_user text not null, reason text not null default '', client text unique, at text not null, clock text not null,
  unique (session, lesson, judge, version));

create table vote (
  id integer primary key autoincrement, session integer not null references session, among text not null,
  choices text not null, by_user text not null, at text not null);

create table lock (
  session integer primary key references session, by_user text not null, reason text not null default '',
  sha256 text not null, at text not null, clock text not null);

create table school_name (name text primary key, school text not null);

create table school_group (school text primary key, name text not null);

create table node_reason (
  id integer primary key autoincrement, node text not null, reason text not null, by_user text not null,
  at text not null)
"""

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
