"""The steps of the first setup. Each looks first whether it is done: killed between two and started again, the box ends
as if nothing had happened.

1. A station, if there is none; without a name, until somebody gives it one.
2. The file, if there is one: read whole before anything of it is used. Errors are left for the screen.
3. A mark that names this very file, so that the rest can be told from a file that comes too late.
4. Settings; first technician (only the hash of the password is kept).
5. The password in the file is wiped; the mark goes last.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from appliance import failpoint, journal, passwords
from appliance.box.first import place
from appliance.box.first.fields import Wanted, wanted
from appliance.box.first.read import Problem
from appliance.catalog import users
from appliance.settings import Settings, write_settings
from appliance.station import Station, create
from appliance.store.files import replacing

UNNAMED = (Settings.level, Settings.name, Settings.code)
_TOLD, _MARK = "run/first-setup.json", "run/first-setup-mark"
_LATE = "盒子已经设置过，这份文件没有用上；要改设置，请用盒子的网页。文件里的密码已经抹去"


@dataclass(frozen=True)
class Outcome:
    """`state`: none (no file), done, wrong, late."""

    state: str
    problems: tuple[Problem, ...] = ()


def first_setup(home: Path, places: tuple[Path, ...] = place.PLACES) -> Outcome:
    station = create(home, *UNNAMED)
    failpoint.reached("first.station")
    path = place.find(places)
    outcome = _outcome(station, place.content(path)) if path else Outcome("none")
    _tell(home, outcome)
    if path and outcome.state != "wrong":
        place.retire(path)
    if outcome.state != "wrong":
        (home / _MARK).unlink(missing_ok=True)
    return outcome


def told(home: Path) -> list[Problem]:
    """What was wrong with the file at the last start, for the screen."""
    try:
        return [Problem(one["line"], one["says"]) for one in json.loads((home / _TOLD).read_bytes())]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def name(station: Station, settings: Mapping[str, Any]) -> None:
    """Level, name and code for a station that has none; its other settings stay."""
    kept = {key: value for key, value in asdict(station.settings).items() if value != getattr(Settings(), key)}
    write_settings(station.home, {**settings, **{key: value for key, value in kept.items() if key not in settings}})


def _outcome(station: Station, data: bytes) -> Outcome:
    if not data:  # wiped at the last start, and the power failed before it was taken away
        return Outcome("done")
    mark, digest = station.home / _MARK, hashlib.sha256(data).hexdigest()
    begun = mark.exists() and mark.read_text() == digest
    if not begun and _has_users(station):
        return Outcome("late", (Problem(0, _LATE),))
    asked, problems = wanted(data)
    if asked is None:
        return Outcome("wrong", tuple(problems))
    with replacing(mark) as out:
        out.write(digest.encode())
    failpoint.reached("first.marked")
    write_settings(station.home, asked.settings)
    failpoint.reached("first.settings")
    _technician(station, asked)
    failpoint.reached("first.technician")
    return Outcome("done")


def _technician(station: Station, asked: Wanted) -> None:
    if asked.technician is None:
        return
    name, password = asked.technician
    hashed = passwords.hash(password)
    catalog = station.catalog()
    with catalog.writing() as db:
        if not users.any_exists(db):
            users.create(db, name, name, "technician", hashed)
            journal.append(db, "user.create", f"user/{name}", {"role": "technician"}, actor="lessonbox.toml")
    catalog.close()


def _has_users(station: Station) -> bool:
    catalog = station.catalog()
    try:
        return users.any_exists(catalog.db)
    finally:
        catalog.close()


def _tell(home: Path, outcome: Outcome) -> None:
    told: Sequence[Problem] = outcome.problems
    if not told:
        (home / _TOLD).unlink(missing_ok=True)
        return
    with replacing(home / _TOLD) as out:
        out.write(json.dumps([{"line": one.line, "says": one.says} for one in told], ensure_ascii=False).encode())
