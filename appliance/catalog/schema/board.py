"""遴选: proposals of who goes up, and what two persons decided."""

from __future__ import annotations

from sqlite_utils import Database

from appliance.catalog.schema.making import append_only


def proposals(db: Database) -> None:
    """Rows are only ever added: a proposal is never changed, another one is saved."""
    stamp = "by_user text not null, at text not null, clock text not null"
    tables = {
        "proposal": "id integer primary key autoincrement, name text not null, chosen text not null,"
        f" reasons text not null, remarks text not null, {stamp}",
        "proposal_end": "proposal integer primary key references proposal, outcome text not null,"
        f" second text not null, reason text not null, {stamp}",
    }
    for table, columns in tables.items():
        db.conn.execute(f"create table {table} ({columns})")
    append_only(db, *tables)
