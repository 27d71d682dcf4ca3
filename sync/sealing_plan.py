"""What the next bundle will be, decided once and remembered, so that a power cut repeats it and never counts twice.

The numbers of the chain live in the catalog; the last one also in `outbox/last.json`. A catalog that is behind
that file is a restored backup (F16): a new epoch begins, because the numbers in between may have been sent. So it does
after a restore onto a new box, where that file is as old as the catalog.
"""

from __future__ import annotations

import json
import secrets
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from appliance import clock, journal
from appliance.catalog import bundles, lessons
from appliance.errors import NotAllowed
from appliance.model import LessonState
from appliance.station import Station
from appliance.store.files import replacing
from sync import canonical, keys
from sync.chain_document import GENESIS, lesson_id

SEALING, EPOCH = bundles.SEALING, "epoch"
_LOST_EPOCHS, _LOST_VERSIONS = 1 << 20, 100


@dataclass(frozen=True)
class Plan:
    """`chain` is the whole of chain.json. `revision` is the row id of the bytes that were approved."""

    lesson: int
    revision: int
    chain: dict[str, Any]

    def folder(self, station: Station) -> Path:
        return station.folder("outbox") / self.chain["lesson"] / f"v{self.chain['version']}"

    @property
    def number(self) -> tuple[int, int]:
        return self.chain["epoch"], self.chain["seq"]


def remembered(db: Database) -> Plan | None:
    found = bundles.remembered(db, SEALING)
    return Plan(**found) if found else None


def make(station: Station, db: Database, no: int) -> Plan:
    """Inside a transaction. Raises `NotFound`, `NotAllowed` when the lesson is not approved."""
    lesson = lessons.by_no(db, no)
    if lesson.state != LessonState.APPROVED:
        raise NotAllowed(f"第 {no} 号课例还没有两人审批通过，不能成包")
    epoch, seq, prev = _next_number(station, db)
    name = lesson_id(station.settings.code, no)
    before = bundles.newest_of(db, no)
    seq_of_journal, head = journal.head(db)
    moment = clock.now()
    chain = {
        "format": "lessonbox-chain", "version": _version(station, name, lesson.version) + _lost_versions(db, no), "lesson": name,
        "level": station.settings.level, "station": station.settings.code, "box": keys.box_id(station),
        "epoch": epoch, "seq": seq, "prev": prev, "supersedes": before["tagmanifest_sha256"] if before else "",
        "journal": {"seq": seq_of_journal, "hash": head},
        "clock": {
            "wall": moment.wall, "quality": moment.quality, "monotonic": round(time.monotonic(), 3),
            "boot_id": Path("/proc/sys/kernel/random/boot_id").read_text().strip(),
        },
    }  # fmt: skip
    plan = Plan(no, lessons.revision_of(db, no), chain)
    bundles.remember(db, SEALING, {"lesson": plan.lesson, "revision": plan.revision, "chain": chain})
    return plan


def still_wanted(db: Database, plan: Plan) -> bool:
    lesson = lessons.by_no(db, plan.lesson)
    return lesson.state == LessonState.APPROVED and lessons.revision_of(db, plan.lesson) == plan.revision


def begin_epoch(db: Database, above: int, why: str) -> int:
    """The numbers start again at 1, in an epoch that nobody has seen."""
    epoch = max(above, bundles.remembered(db, EPOCH) or 1) + 1
    bundles.remember(db, EPOCH, epoch)
    journal.append(db, "epoch.new", f"epoch/{epoch}", {"why": why})
    return epoch


def _next_number(station: Station, db: Database) -> tuple[int, int, str]:
    epoch = bundles.remembered(db, EPOCH) or 1
    last = bundles.last(db)
    outside = read_last(station)
    inside = (last["epoch"], last["seq"]) if last else (0, 0)
    restored = bundles.remembered(db, bundles.RESTORED) or {}
    if restored and "epoch" not in restored:
        # The lost box may have begun an epoch of its own after the backup; nobody here knows which.
        above = max(outside[0], inside[0], epoch) + secrets.randbelow(_LOST_EPOCHS)
        epoch = begin_epoch(db, above, "从备份盘恢复的盒子")
        bundles.remember(db, bundles.RESTORED, restored | {"epoch": epoch})
    elif outside > max(inside, (epoch, 0)):
        epoch = begin_epoch(db, outside[0], "目录库比已封的包旧，是恢复的备份")
    if last and last["epoch"] == epoch:
        return epoch, last["seq"] + 1, last["tagmanifest_sha256"]
    return epoch, 1, GENESIS


def _version(station: Station, name: str, known: int) -> int:
    """One above every version of this lesson, those that a restored catalog forgot included."""
    folder = station.folder("outbox") / name
    there = [int(p.name[1:]) for p in folder.glob("v*") if p.name[1:].isdecimal()] if folder.is_dir() else []
    return max(known, *there, 0) + 1


def _lost_versions(db: Database, no: int) -> int:
    """How many versions are left out, because the lost box may have sent some: with the first bundle of a lesson after
    a restore."""
    restored, before = bundles.remembered(db, bundles.RESTORED), bundles.newest_of(db, no)
    if not restored or (before is not None and before["epoch"] >= restored["epoch"]):
        return 0
    return _LOST_VERSIONS


def read_last(station: Station) -> tuple[int, int]:
    """(epoch, seq) of the last bundle that was given its final name."""
    path = station.folder("outbox") / "last.json"
    try:
        document = canonical.read(path.read_bytes())
    except FileNotFoundError:
        return 0, 0
    return int(document["epoch"]), int(document["seq"])


def write_last(station: Station, number: tuple[int, int]) -> None:
    with replacing(station.folder("outbox") / "last.json") as out:
        out.write(json.dumps({"epoch": number[0], "seq": number[1]}).encode())
