"""Sealed bundles and where each stands on its way up; what the sealing must remember over a power cut."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlite_utils import Database

from appliance.model import LessonState

# sealed → sending → sent → verified|cataloged|returned ; side ways: quarantined, fork
UNDER_WAY = ("sealed", "sending", "sent")
SEALING, RESTORED = "sealing", "restored"
REFUSED = "receipts_refused"  # why the last receipts from above were not believed, "" when they were


def remembered(db: Database, name: str) -> Any:
    """A small fact of the station (JSON), None when never noted."""
    row = next(db.query("select value from station_state where name = ?", [name]), None)
    return json.loads(row["value"]) if row else None


def remember(db: Database, name: str, value: Any) -> None:
    db.table("station_state").upsert({"name": name, "value": json.dumps(value, ensure_ascii=False)}, pk="name")


def forget(db: Database, name: str) -> None:
    db.execute("delete from station_state where name = ?", [name])


def came_from_a_backup(db: Database, told: Mapping[str, Any]) -> None:
    """Numbers that this catalog thinks free may have been used since. What it was about to seal is decided anew."""
    remember(db, RESTORED, dict(told))
    forget(db, SEALING)


def to_seal(db: Database) -> list[int]:
    """Numbers of approved lessons, oldest first."""
    return [row["no"] for row in db.query("select no from lesson where state = ? order by no", [LessonState.APPROVED])]


def last(db: Database) -> Mapping[str, Any] | None:
    """The newest bundle of the newest epoch."""
    return next(db.query("select * from bundle order by epoch desc, seq desc limit 1"), None)


def insert(db: Database, row: Mapping[str, Any]) -> int:
    """Adds a sealed bundle. Older ones are still sent: the chain above has no holes."""
    return int(db.table("bundle").insert(dict(row)).last_pk or 0)


def set_version(db: Database, lesson: int, version: int) -> None:
    db.table("lesson").update(lesson, {"version": version})


def by_id(db: Database, bundle: int) -> Mapping[str, Any]:
    return next(db.query("select * from bundle where id = ?", [bundle]))


def by_tag(db: Database, tag: str) -> Mapping[str, Any] | None:
    return next(db.query("select * from bundle where tagmanifest_sha256 = ?", [tag]), None)


def newest_of(db: Database, lesson: int) -> Mapping[str, Any] | None:
    return next(db.query("select * from bundle where lesson = ? order by version desc limit 1", [lesson]), None)


def under_way(db: Database) -> list[Mapping[str, Any]]:
    """What has to be sent, or was sent and not answered yet, oldest first."""
    marks = ", ".join("?" * len(UNDER_WAY))
    return list(db.query(f"select * from bundle where state in ({marks}) order by epoch, seq", list(UNDER_WAY)))


def newest(db: Database, limit: int = 100) -> list[Mapping[str, Any]]:
    """For screens: newest first, with the lesson's title."""
    return list(
        db.query(
            "select bundle.*, lesson.title, lesson.teacher, lesson.school from bundle"
            " join lesson on lesson.no = bundle.lesson order by epoch desc, seq desc limit ?",
            [limit],
        )
    )


def update(db: Database, bundle: int, fields: Mapping[str, Any]) -> None:
    db.table("bundle").update(bundle, dict(fields))


def raw_names(db: Database, revision: int) -> dict[int, bytes]:
    """{material id: the given name as the bytes that were given}."""
    return {row["id"]: row["raw"] for row in db.query("select id, raw from material where revision = ?", [revision])}


def by_place(db: Database, name: str, version: int) -> Mapping[str, Any] | None:
    """`name`: the lesson id that is the folder's name in the outbox."""
    path = f"outbox/{name}/v{version}"
    return next(db.query("select * from bundle where path = ? order by id desc limit 1", [path]), None)


def note_returned(db: Database, lesson: int, says: str) -> None:
    """Why the station above returned it, for the clerk."""
    db.table("lesson").update(lesson, {"returned_note": says})


def awaiting_answer(db: Database) -> int:
    """How many were sent and not answered for good."""
    return int(db.execute("select count(*) from bundle where state in ('sent', 'verified')").fetchone()[0])
