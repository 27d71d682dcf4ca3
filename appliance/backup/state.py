"""What is asked for, what is going on, and what is known of each backup disk: small files between the page and the part
that does the work (`run/<unit>-asked.json`, `run/backup.json`, `backup/disks.json`)."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from appliance import heartbeat
from appliance.store import notes

_NOW, _DISKS = "run/backup.json", "backup/disks.json"
_UNITS = {"backup": "backup", "drill": "backup", "mark": "mark", "restore": "restore"}  # which unit does what

_READERS = 0o660  # several users of one group write them

Progress = Callable[[str, int, int], None]
"""(what is being done, bytes done, bytes of all)."""


@dataclass(frozen=True)
class Asked:
    """By a person on the page. `act`: backup, drill, mark, restore. `disk`: its number; for `mark` the kernel's name of
    the stick. `snapshot`: 0 is the newest."""

    act: str
    disk: str = ""
    by: str = "box"
    snapshot: int = 0


@dataclass(frozen=True)
class Now:
    """`step`: running, done, failed, or "" when nothing was ever asked. `boot`, `pid`: who wrote it."""

    step: str = ""
    act: str = ""
    disk: str = ""
    what: str = ""
    done: int = 0
    of: int = 0
    says: str = ""
    boot: str = ""
    pid: int = 0


@dataclass(frozen=True)
class Known:
    """A disk as the last runs left it. `runs`: how often it was written to, which decides what is read again.
    `good_at`: the last run that came to its end. `trouble`: why the last one did not, "" when it did."""

    id: str
    name: str = ""
    runs: int = 0
    good_at: str = ""
    clock: str = ""
    snapshot: int = 0
    files: int = 0
    bytes: int = 0
    written: int = 0
    seconds: float = 0
    damaged: int = 0
    rewritten: int = 0
    trouble: str = ""


def ask(home: Path, asked: Asked) -> None:
    """The path unit sees the file, and starts the work."""
    put(home, Now("running", asked.act, asked.disk, "等待开始"))
    notes.write(_asked(home, asked.act), asdict(asked), _READERS)


def take(home: Path, act: str) -> Asked | None:
    """For the unit that does `act`: what was asked for, once: a box that fails amid it does not begin again by itself at each start."""
    path = _asked(home, act)
    told = notes.read(path)
    path.unlink(missing_ok=True)
    try:
        return Asked(**told) if told else None
    except TypeError:
        return None


def put(home: Path, now: Now) -> None:
    notes.write(home / _NOW, asdict(replace(now, boot=heartbeat.boot(), pid=os.getpid())), _READERS)


def get(home: Path) -> Now:
    """What a power cut or a kill ended is not running any more."""
    try:
        now = Now(**notes.read(home / _NOW))
    except TypeError:
        return Now()
    if now.step != "running" or (now.boot == heartbeat.boot() and heartbeat.runs(now.pid)):
        return now
    return replace(now, step="failed", says="没有做完，盒子停过。以前的备份都在。请再按一次，会接着做。")


def progress(home: Path, now: Now) -> Progress:
    """Writes at each whole percent, not at each piece."""

    def move(what: str, done: int, of: int) -> None:
        nonlocal now
        moved = replace(now, what=what, done=done, of=of)
        if (now.what, _percent(now)) != (what, _percent(moved)):
            put(home, moved)
        now = moved

    return move


def known(home: Path) -> dict[str, Known]:
    """By the disks' numbers, in the order in which they became known."""
    found = {}
    for number, told in notes.read(home / _DISKS).items():
        try:
            found[number] = Known(**told)
        except TypeError:
            continue
    return found


def note(home: Path, disk: Known) -> None:
    notes.write(
        home / _DISKS, {number: asdict(one) for number, one in (known(home) | {disk.id: disk}).items()}, _READERS
    )


def _asked(home: Path, act: str) -> Path:
    return home / f"run/{_UNITS[act]}-asked.json"


def _percent(now: Now) -> int:
    return now.done * 100 // now.of if now.of else 0
