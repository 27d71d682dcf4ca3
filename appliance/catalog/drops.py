"""投递点 as the box sees it now: which are present, how far the copy is, what was already taken from them.

`drop_` is for the eyes of the clerk; `parcel` remembers what was taken while the drop stays present, so that
a stick left in its socket is not taken twice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlite_utils import Database

from appliance import clock

BY_HAND = "hand:"  # identities given by the intake command; no scan ever finds or misses them
_BLANK = {"message": "", "bytes_total": 0, "bytes_done": 0, "files_total": 0, "files_done": 0, "current": ""}


def get(db: Database, drop: int) -> dict[str, Any] | None:
    return next(db.query("select * from drop_ where id = ?", [drop]), None)


def find(db: Database, kind: str, identity: str) -> dict[str, Any] | None:
    return next(db.query("select * from drop_ where kind = ? and identity = ?", [kind, identity]), None)


def newest(db: Database, limit: int = 50) -> list[dict[str, Any]]:
    """Present drops first, then by last sight."""
    return list(db.query("select * from drop_ order by present desc, updated_at desc, id desc limit ?", [limit]))


def present(db: Database, kinds: Sequence[str]) -> list[dict[str, Any]]:
    """Present drops that a scan has found."""
    marks = ",".join("?" * len(kinds))
    return list(
        db.query(
            f"select * from drop_ where present = 1 and kind in ({marks}) and identity not like ? order by id",
            [*kinds, BY_HAND + "%"],
        )
    )


def appear(db: Database, kind: str, identity: str, name: str, path: str, school: str) -> int:
    """The drop is there. One that comes again begins anew: what was taken from it before is forgotten, so it
    becomes a new delivery (with the old receipt number when its bytes are the same)."""
    at = clock.now().wall
    row = find(db, kind, identity)
    if row is None:
        fields = {"kind": kind, "identity": identity, "name": name, "path": path, "school": school}
        return int(db.table("drop_").insert(fields | {"seen_at": at, "updated_at": at}).last_pk or 0)
    if not row["present"]:
        db.execute("delete from parcel where drop_ = ?", [row["id"]])
        fresh = {"present": 1, "state": "waiting", "name": name, "path": path, "school": school}
        db.table("drop_").update(row["id"], fresh | _BLANK | {"seen_at": at, "updated_at": at})
    elif (row["name"], row["path"], row["school"]) != (name, path, school):
        db.table("drop_").update(row["id"], {"name": name, "path": path, "school": school, "updated_at": at})
    return int(row["id"])


def vanish(db: Database, drop: int, unfinished: str) -> None:
    """The drop is gone. `unfinished`: what to say when it went before everything was taken."""
    row = get(db, drop)
    if row is None:
        return
    whole = row["state"] in ("done", "gone")
    told = {"state": "gone"} if whole else {"state": "trouble", "message": unfinished}
    db.table("drop_").update(drop, {"present": 0, "current": "", "updated_at": clock.now().wall} | told)


def tell(db: Database, drop: int, fields: Mapping[str, Any]) -> None:
    """Writes what the clerk should see now."""
    db.table("drop_").update(drop, dict(fields) | {"updated_at": clock.now().wall})


def differs(db: Database, drop: int, fields: Mapping[str, Any]) -> bool:
    """Asked before `tell`, so that a box at rest writes nothing."""
    row = get(db, drop)
    return row is not None and any(row[name] != value for name, value in fields.items())


def taken(db: Database, drop: int, parcel: str) -> str:
    """The signature under which this parcel was last taken; "" when it was not."""
    row = db.execute("select signature from parcel where drop_ = ? and name = ?", [drop, parcel]).fetchone()
    return row[0] if row else ""


def take(db: Database, drop: int, parcel: str, signature: str, delivery: int | None, message: str = "") -> None:
    row = {"drop_": drop, "name": parcel, "signature": signature, "delivery": delivery, "message": message}
    db.table("parcel").upsert(row, pk=("drop_", "name"))


def parcels(db: Database, drop: int) -> list[dict[str, Any]]:
    return list(db.query("select * from parcel where drop_ = ? order by name", [drop]))


def last_message(db: Database, drop: int) -> str:
    """What was said about the parcel taken last."""
    row = db.execute("select message from parcel where drop_ = ? order by delivery desc limit 1", [drop]).fetchone()
    return row[0] if row else ""
