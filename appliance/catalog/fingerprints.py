"""指纹: the prints of all texts and films that the box has held, and of imported lists; found again by their keys.

A print stays when its file has left the store: what was handed in last year is still compared with.
"""

from __future__ import annotations

import base64
from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from appliance.originality import keys
from appliance.originality.picture import PicturePrint
from appliance.originality.sound import SoundPrint
from appliance.originality.text import TextPrint

TEXT, SOUND, PICTURE = "text", "sound", "picture"
_MOST_HOLDERS = 64  # prints that are read under one key; what more than these have is everybody's
Print = TextPrint | SoundPrint | PicturePrint
_MADE = (("print", TEXT, "hashes"), ("sound", SOUND, "print"), ("frames", PICTURE, "prints"))  # look, kind, field


@dataclass(frozen=True)
class Held:
    """A print of the catalog. `sha256`: of the file, "" in an imported list."""

    id: int
    kind: str
    sha256: str
    print: Print


def keep(db: Database, sha256: str, media: Mapping[str, Any]) -> dict[str, Any]:
    """Takes the prints out of what was measured and keeps them under the file's hash; returns the rest."""
    rest = dict(media)
    for name, kind, field in _MADE:
        seen = rest.get(name)
        if isinstance(seen, dict) and field in seen:
            rest[name] = {key: value for key, value in seen.items() if key != field}
            data = base64.b64decode(seen[field])
            if not db.execute("select 1 from print where sha256 = ? and kind = ?", [sha256, kind]).fetchone():
                add(db, kind, int(seen.get("scale", 1)), data, sha256=sha256)
    return rest


def add(
    db: Database, kind: str, scale: int, data: bytes, sha256: str = "", listed: int | None = None, label: str = ""
) -> None:
    """`data`: little-endian 32-bit hashes or words, or a picture print's rows. Inside the caller's transaction."""
    row = {"kind": kind, "scale": scale, "data": data, "sha256": sha256, "list": listed, "label": label}
    print_ = int(db.table("print").insert(row).last_pk or 0)
    db.conn.executemany(
        "insert or ignore into print_key (key, print, place) values (?, ?, ?)",
        ((key, print_, place) for key, place in _keys(read(kind, scale, data))),
    )


def _keys(print_: Print) -> list[tuple[int, int]]:
    """Pictures have none: all are looked through."""
    if isinstance(print_, PicturePrint):
        return []
    return keys.of_text(print_) if isinstance(print_, TextPrint) else keys.of_sound(print_)


def pictures(db: Database) -> Iterator[tuple[int, bytes]]:
    """`(print, its data)` of all films."""
    yield from db.conn.execute("select id, data from print where kind = ? order by id", [PICTURE])


def read(kind: str, scale: int, data: bytes) -> Print:
    if kind == PICTURE:
        return PicturePrint.of(data)
    return SoundPrint.of(data) if kind == SOUND else TextPrint(scale, tuple(SoundPrint.of(data).words))


def written(hashes: Iterable[int]) -> bytes:
    return array("I", hashes).tobytes()


def of_files(db: Database, hashes: Iterable[str]) -> list[Held]:
    """The prints of these files."""
    wanted = sorted(set(hashes))
    marks = ", ".join("?" * len(wanted))
    return [_held(row) for row in db.query(f"select * from print where sha256 in ({marks}) and list is null", wanted)]


def by_id(db: Database, ids: Iterable[int]) -> Iterator[Held]:
    for one in sorted(set(ids)):
        yield from (_held(row) for row in db.query("select * from print where id = ?", [one]))


def sharing(db: Database, one: Held) -> dict[int, list[tuple[int, int, int]]]:
    """Other prints with equal keys: `{print: [(place here, place there, how many prints have the key)]}`."""
    found: dict[int, list[tuple[int, int, int]]] = {}
    statement = "select print, place from print_key where key = ? order by print limit ?"
    for key, place in _keys(one.print):
        rows = db.conn.execute(statement, [key, _MOST_HOLDERS]).fetchall()
        for other, there in rows:
            if other != one.id:
                found.setdefault(other, []).append((place, there, len(rows)))
    return found


def _held(row: Mapping[str, Any]) -> Held:
    return Held(row["id"], row["kind"], row["sha256"], read(row["kind"], row["scale"], row["data"]))
