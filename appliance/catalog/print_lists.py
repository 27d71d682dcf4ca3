"""指纹名单: what goes out to other boxes, and the lists that came from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlite_utils import Database

from appliance import clock
from appliance.catalog import fingerprints
from appliance.catalog.fingerprints import Held
from appliance.originality.listing import Listing


def outgoing(db: Database) -> Iterator[tuple[int, Held]]:
    """Each print of this box with the first lesson that held its file."""
    rows = db.query(
        "select print.id, min(revision.lesson) as lesson from print join material using (sha256)"
        " join revision on revision.id = material.revision where list is null group by print.id order by print.id"
    )
    for row in rows:
        for held in fingerprints.by_id(db, [row["id"]]):
            yield row["lesson"], held


def count_outgoing(db: Database) -> int:
    return db.execute(
        "select count(*) from print where list is null and exists (select 1 from material where sha256 = print.sha256)"
    ).fetchone()[0]


def save(db: Database, source: str, year: int, listing: Listing) -> int:
    """A list of the same source and year takes the place of the earlier one. Returns how many prints it brought."""
    name = f"{source} {year}"
    forget(db, name)
    row = {
        "name": name, "year": year, "station": listing.station, "sha256": listing.sha256,
        "prints": len(listing.entries), "at": clock.now().wall,
    }  # fmt: skip
    listed = int(db.table("print_list").insert(row).last_pk or 0)
    for entry in listing.entries:
        fingerprints.add(db, entry.kind, entry.scale, entry.data, listed=listed, label=entry.label)
    return len(listing.entries)


def forget(db: Database, name: str) -> bool:
    """Whether there was such a list."""
    row = next(db.query("select id from print_list where name = ?", [name]), None)
    if row is None:
        return False
    inside = "(select id from print where list = ?)"
    db.execute(f"delete from alike where one in {inside} or other in {inside}", [row["id"], row["id"]])
    db.execute("delete from print_key where print in (select id from print where list = ?)", [row["id"]])
    db.execute("delete from print where list = ?", [row["id"]])
    db.execute("delete from print_list where id = ?", [row["id"]])
    return True


def lists(db: Database) -> list[Mapping[str, Any]]:
    return list(db.query("select name, year, station, sha256, prints, at from print_list order by name"))
