"""Shared by the steps: tables out of a script, and tables that only grow."""

from __future__ import annotations

from sqlite_utils import Database


def run(db: Database, script: str) -> None:
    """Every statement of `script`, a blank line between two; not `executescript`, which would commit."""
    for statement in script.split(";\n\n"):
        db.conn.execute(statement)


def append_only(db: Database, *tables: str) -> None:
    """What was recorded in `tables` can be added to, never changed: SQLite itself refuses."""
    for table in tables:
        for deed in ("update", "delete"):
            db.conn.execute(
                f"create trigger {table}_no_{deed} before {deed} on {table}"
                f" begin select raise(abort, '{table} is append-only'); end"
            )
