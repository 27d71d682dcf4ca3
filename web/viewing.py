"""Who looked at a pupil's video, scan or picture is written into the journal, once for each sitting.

A player asks for a film in hundreds of pieces; the session remembers what was noted in the last half hour.
"""

from __future__ import annotations

import time
import zlib

from flask import session

from appliance import journal
from web import auth, box

SITTING = 1800  # seconds
_REMEMBERED = 12  # a cookie is small


def note(kind: str, lesson: int, material: str = "") -> None:
    """`kind`: original.view, original.download, evidence.view. `material`: the file's name."""
    seen: dict[str, int] = session.get("seen", {})
    key, now = f"{kind[:1]}{kind[-4:]}/{lesson}/{hash_of(material)}", int(time.time())
    if now - seen.get(key, 0) < SITTING:
        return
    with box.catalog().writing() as db:
        journal.append(db, kind, f"lesson/{lesson}", {"material": material}, actor=auth.user().name)
    newest = sorted([*seen.items(), (key, now)], key=lambda one: one[1])[-_REMEMBERED:]
    session["seen"] = dict(newest)


def hash_of(name: str) -> str:
    """Short, the same in every process."""
    return f"{zlib.crc32(name.encode(errors='surrogatepass')):08x}"
