"""An older catalog becomes today's: a copy first, then all steps in one transaction (F17).

1. Steps that this program does not know: a newer program was here (a slot was rolled back). Refused, nothing changed.
2. With the catalog locked, `backup/before-<steps>.db` is written and synced. It stays, for the older program.
3. The missing steps happen together or not at all: after a failing step, or a power cut, the catalog is the older one.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from sqlite_utils import Database

from appliance import failpoint
from appliance.catalog.schema import STEPS, migrations
from appliance.errors import CatalogNewer
from appliance.store.files import sync_folder

KEPT = 3
PREFIX = "before-"


def bring_up(db: Database, path: Path) -> None:
    """Raises `CatalogNewer`, and `sqlite3.Error` as it comes; the catalog is then as it was."""
    _refuse_newer(db, path)
    if not migrations.pending(db):
        return
    db.conn.execute("begin immediate")
    try:
        made = len(migrations.applied(db))  # another part may have been quicker
        if made and migrations.pending(db):
            _keep(path, made)
        migrations.apply(db)
        failpoint.reached("upgrade.before-commit")
        db.conn.execute("commit")
    except BaseException:
        if db.conn.in_transaction:
            db.conn.execute("rollback")
        raise


def _refuse_newer(db: Database, path: Path) -> None:
    known = {step.__name__ for step in STEPS}
    made = [step.name for step in migrations.applied(db)]
    if not known.issuperset(made):
        raise CatalogNewer(older_copy=copy_of(path, len(known.intersection(made))))


def copy_of(path: Path, made: int) -> str:
    """The newest copy that this program can read, taken before a newer one changed the catalog; "" when none."""
    folder = path.parent / "backup"
    found = {int(one.stem.removeprefix(PREFIX)): one.name for one in folder.glob(f"{PREFIX}*.db")}
    readable = [steps for steps in found if steps <= made]
    return found[max(readable)] if readable else ""


def _keep(path: Path, made: int) -> None:
    """Read by a connection of its own: the lock lets nobody write meanwhile. A catalog that lies elsewhere than in a
    home (a drill's copy) is not kept."""
    folder = path.parent / "backup"
    if not folder.is_dir():
        return
    source = sqlite3.connect(path)
    try:
        copy(source, folder / f"{PREFIX}{made}.db")
    finally:
        source.close()
    for old in sorted(folder.glob(f"{PREFIX}*.db"), key=lambda one: one.stat().st_mtime)[:-KEPT]:
        old.unlink()


def copy(source: sqlite3.Connection, target: Path) -> None:
    """A consistent copy while others write (SQLite's backup API), whole or absent."""
    temporary = target.with_name(target.name + ".part")
    temporary.unlink(missing_ok=True)
    made = sqlite3.connect(temporary)
    try:
        source.backup(made)
        made.execute("pragma journal_mode=delete")
    finally:
        made.close()
    with temporary.open("rb") as file:
        os.fsync(file.fileno())
    temporary.replace(target)
    sync_folder(target.parent)
