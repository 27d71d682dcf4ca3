"""Who looked at a pupil's video, scan or picture is written into the journal, once for each sitting.

A player asks for a film in hundreds of pieces. For who is signed in, the session remembers what was noted in the last
half hour; for a visitor of 展播, who may keep no cookies, the server does, by the address of the computer.
"""

from __future__ import annotations

import threading
import time
import zlib
from collections import OrderedDict

from flask import current_app, g, request, session

from appliance import journal
from web import auth, box

SITTING = 1800  # seconds
VISITOR = "展播的观众"
_REMEMBERED = 12  # a cookie is small
_SITTINGS = 5000  # of visitors, in memory


def note(kind: str, lesson: int, material: str = "", who: str = "") -> None:
    """`kind`: original.view, original.download, evidence.view, screening.read. `material`: the file's name. `who`: a
    judge; empty for the user who has signed in."""
    seen: dict[str, int] = session.get("seen", {})
    key, now = f"{kind[:1]}{kind[-4:]}/{lesson}/{hash_of(material)}", int(time.time())
    if now - seen.get(key, 0) < SITTING:
        return
    _write(kind, lesson, {"material": material}, who or auth.user().name)
    newest = sorted([*seen.items(), (key, now)], key=lambda one: one[1])[-_REMEMBERED:]
    session["seen"] = dict(newest)


def note_visitor(lesson: int, material: str) -> None:
    """Somebody who need not sign in watches a film that is on show; by name when they happen to be signed in."""
    address = request.remote_addr or ""
    sittings: Sittings = current_app.extensions.setdefault("sittings", Sittings())
    if sittings.begins(f"{address}/{lesson}/{material}", time.monotonic()):
        who = g.get("user")
        _write("showcase.watch", lesson, {"material": material, "address": address}, who.name if who else VISITOR)


class Sittings:
    """When each was last noted; eight threads ask at once."""

    def __init__(self) -> None:
        self._noted: OrderedDict[str, float] = OrderedDict()
        self._lock = threading.Lock()

    def begins(self, key: str, now: float) -> bool:
        with self._lock:
            if now - self._noted.get(key, -SITTING) < SITTING:
                return False
            self._noted[key] = now
            self._noted.move_to_end(key)
            while len(self._noted) > _SITTINGS:
                self._noted.popitem(last=False)
            return True


def hash_of(name: str) -> str:
    """Short, the same in every process."""
    return f"{zlib.crc32(name.encode(errors='surrogatepass')):08x}"


def _write(kind: str, lesson: int, data: dict[str, str], actor: str) -> None:
    with box.catalog().writing() as db:
        journal.append(db, kind, f"lesson/{lesson}", data, actor=actor)
