"""Lessons that came in a verified bundle from a station below."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from typing import Any

from sqlite_utils import Database

from appliance import clock
from appliance.catalog import blobs, lessons, search
from appliance.model import Blob, LessonState, Phase

_LONGEST = 400  # characters of a text that another station wrote


def key_of(principal: str, lesson: str) -> str:
    """A county's own number names its lesson: titles may repeat among counties."""
    return f"below:{principal}/{lesson}"


def save(db: Database, principal: str, lesson: str, submission: Mapping[str, Any]) -> int:
    """The lesson's number here. The bundle becomes its current revision; its state is accepted.
    Blob rows are written, their bytes must be in the store. Inside the caller's transaction."""
    given = submission["lesson"]
    fields: dict[str, Any] = {name: _text(given.get(name)) for name in lessons.TEXT_FIELDS}
    fields["state"] = LessonState.ACCEPTED
    periods = given.get("periods")
    fields["periods"] = periods if type(periods) is int and 0 < periods < 100 else 1
    fields["phase"] = Phase.DESIGN if given.get("phase") == Phase.DESIGN else Phase.PRODUCTION
    fields["verdict"] = submission["verdict"] if submission.get("verdict") in ("pass", "person", "return") else None
    row = next(db.query("select no from lesson where key = ?", [key_of(principal, lesson)]), None)
    no = row["no"] if row else _insert(db, key_of(principal, lesson), fields, given.get("authors"))
    db.table("lesson").update(no, fields | {"returned_note": ""})
    revision = _revision(db, no)
    for material in submission["materials"]:
        _material(db, revision, material)
    lessons.make_current(db, no, revision)
    db.table("revision").update(revision, {"state": "current"})
    search.index(db, no)
    return int(no)


def returned(db: Database) -> list[Mapping[str, Any]]:
    """Lessons from below that a person here returned, and their key."""
    return list(
        db.query(
            "select no, key from lesson where key like 'below:%' and state = ? order by no", [LessonState.RETURNED]
        )
    )


def _insert(db: Database, key: str, fields: Mapping[str, Any], authors: Any) -> int:
    named = [_text(name) for name in authors] if isinstance(authors, list) else []
    return int(
        db.table("lesson").insert(
            dict(fields)
            | {
                "key": key, "created_at": clock.now().wall, "sources": "{}",
                "authors": json.dumps(named[:20], ensure_ascii=False),
            }
        ).last_pk
        or 0
    )  # fmt: skip


def _revision(db: Database, no: int) -> int:
    last = next(db.query("select id, number from revision where lesson = ? order by number desc", [no]), None)
    return int(
        db.table("revision").insert(
            {
                "lesson": no, "number": last["number"] + 1 if last else 1, "previous": last["id"] if last else None,
                "delivery": None, "state": "current", "created_at": clock.now().wall,
            }
        ).last_pk
        or 0
    )  # fmt: skip


def _material(db: Database, revision: int, given: Mapping[str, Any]) -> None:
    period = given.get("period")
    blobs.add(db, [Blob(given["sha256"], given["size"])], clock.now())
    db.table("material").insert(
        {
            "revision": revision, "role": _text(given.get("role")), "sha256": given["sha256"], "size": given["size"],
            "period": period if type(period) is int and 0 < period < 100 else 1, "raw": _raw(given.get("raw")),
            "name": _text(given.get("name")) or given["path"], "delivery": None,
        },
        ignore=True,
    )  # fmt: skip


def _raw(text: Any) -> bytes:
    try:
        return base64.b64decode(text, validate=True)[:4096]
    except (ValueError, TypeError):
        return b""


def _text(value: Any) -> str:
    return value[:_LONGEST] if isinstance(value, str) else ""
