"""The catalog: the only SQL of the box. One SQLite file; WAL, `synchronous=FULL`, foreign keys.

`Catalog.open(path)` for reading; `with catalog.writing() as db:` for one transaction that either happened
or did not, also after a power cut. Each room has its own file of queries here (`deliveries`, `lessons`, …),
functions that take `db`. A `Catalog` belongs to one thread: open one in each.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from appliance.catalog.schema import migrations
from appliance.catalog.upgrade import bring_up, copy
from appliance.errors import AlreadyRunning, BoxError, CatalogDamaged, StorageFull, SystemRefuses

BUSY_SECONDS = 30
MANY = 1 << 63  # SQLite has no greater number, so there is no such row


def meaning(error: sqlite3.Error | UnicodeDecodeError) -> BoxError:
    """What a person can do about it: wait, make room, make it writable, or bring the backup back."""
    primary = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF  # extended codes say where
    if primary == sqlite3.SQLITE_FULL:
        return StorageFull()
    if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return AlreadyRunning("目录库正忙")
    if primary in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN):
        return SystemRefuses(f"目录库现在不能写（{error}）")
    return CatalogDamaged(f"目录库打不开（{error}）")


class Catalog:
    def __init__(self, db: Database, path: Path) -> None:
        self.db = db
        self.path = path

    @classmethod
    def open(cls, path: Path) -> Catalog:
        """Opens, migrates, and refuses a damaged file (F5). Raises `CatalogDamaged`, `CatalogNewer`."""
        try:
            connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
            connection.execute("pragma journal_mode=wal")
            connection.execute("pragma synchronous=full")
            connection.execute("pragma foreign_keys=on")
            connection.execute("pragma recursive_triggers=on")
            db = Database(connection, recursive_triggers=False)
            bring_up(db, path)
        except (sqlite3.Error, UnicodeDecodeError) as error:  # SQLite quotes the damaged text, which is none any more
            raise meaning(error) from error
        return cls(db, path)

    @classmethod
    def open_copy(cls, path: Path) -> Catalog:
        """A backup, to look at and not to change."""
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?immutable=1", uri=True)
        return cls(Database(connection, recursive_triggers=False), path)

    @contextmanager
    def writing(self) -> Iterator[Database]:
        """One durable transaction. IMMEDIATE: a reader that turns writer amid another's write would fail.
        Raises `StorageFull` when there is no room for it; it did not happen then."""
        try:
            self.db.conn.execute("begin immediate")
            yield self.db
            self.db.conn.execute("commit")
        except BaseException as error:
            if self.db.conn.in_transaction:
                self.db.conn.execute("rollback")
            if isinstance(error, sqlite3.OperationalError) and error.sqlite_errorcode == sqlite3.SQLITE_FULL:
                raise StorageFull() from error
            raise

    def whole(self) -> bool:
        """SQLite's own full check; seconds for a large catalog, so not at every start."""
        try:
            return self.db.execute("pragma quick_check").fetchone()[0] == "ok"
        except (sqlite3.DatabaseError, UnicodeDecodeError):
            return False

    def steps(self) -> int:
        """How many steps of the schema were made here."""
        return len(migrations.applied(self.db))

    def backup(self, target: Path) -> None:
        """A consistent copy while others write (SQLite's backup API), whole or absent."""
        copy(self.db.conn, target)

    def close(self) -> None:
        self.db.conn.close()
