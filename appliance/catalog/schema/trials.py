"""试讲: sessions, panels, scores, and the judges' tablets."""

from __future__ import annotations

from sqlite_utils import Database

from appliance.catalog.schema.making import append_only, run


def trial_sessions(db: Database) -> None:
    """场次: who judges what, by which rubric, and every score. What was recorded can be added to, never changed."""
    run(db, _TRIALS)
    append_only(db, "score", "recusal", "vote", "lock")
    for table in ("score", "recusal"):
        db.conn.execute(
            f"create trigger {table}_locked before insert on {table} when exists"
            " (select 1 from lock where session = new.session) begin select raise(abort, 'session is locked'); end"
        )


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


def office(db: Database) -> None:
    """The office's side of a session: its head, seats that stay, observers and replacements, calibration, paper sheets
    entered by one and confirmed by another, and the order of a tablet's touches."""
    for table, column in (
        ("session", "head text not null default ''"), ("session", "calibration integer not null default 0"),
        ("lock", "second text not null default ''"), ("panel", "seat integer not null default 0"),
        ("panel", "kind text not null default 'judge'"), ("panel", "replaces text not null default ''"),
        ("panel", "reason text not null default ''"), ("draft", "version integer not null default 0"),
    ):  # fmt: skip
        db.conn.execute(f"alter table {table} add column {column}")
    # Sheets printed before had the place of the judge by name; they stay right.
    db.conn.execute(
        "update panel set seat ="
        " (select count(*) from panel other where other.session = panel.session and other.judge <= panel.judge)"
    )
    db.conn.execute("create unique index panel_seat on panel (session, seat)")
    db.conn.execute(
        "update draft set version = (select count(*) from draft other where other.session = draft.session"
        " and other.judge = draft.judge and other.lesson = draft.lesson and other.id <= draft.id)"
    )
    run(db, _OFFICE)
    append_only(db, "calibration_end", "paper_entry", "paper_answer")


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

_OFFICE = """
create table calibration_end (
  session integer primary key references session, by_user text not null, at text not null, clock text not null);

create table paper_entry (
  id integer primary key autoincrement, session integer not null references session,
  lesson integer not null references lesson, judge text not null references judge, items text not null,
  comment text not null, written_total text not null, reason text not null, scan text not null, sort text not null,
  by_user text not null, at text not null, clock text not null);

create index paper_entry_session on paper_entry (session);

create table paper_answer (
  entry integer primary key references paper_entry, answer text not null, reason text not null,
  score integer references score, by_user text not null, at text not null, clock text not null)
"""
