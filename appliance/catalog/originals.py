"""The materials of lessons as files to look at: which bytes, whose lesson, what was measured of them."""

from __future__ import annotations

import json
from typing import Any

from sqlite_utils import Database

from appliance.catalog import MANY
from appliance.errors import NotFound


def by_id(db: Database, material: int) -> dict[str, Any]:
    """A material of any revision, with `lesson`, the revision's `number`, whether it is the `current` one, and
    `media` as a dict. Raises `NotFound`."""
    row = None
    if material < MANY:
        rows = db.query(
            "select material.*, revision.lesson, revision.number, revision.id = lesson.revision as current,"
            " media.measured from material join revision on revision.id = material.revision"
            " join lesson on lesson.no = revision.lesson left join media on media.sha256 = material.sha256"
            " where material.id = ?",
            [material],
        )
        row = next(rows, None)
    if row is None:
        raise NotFound(f"没有第 {material} 号材料")
    return row | {"media": json.loads(row.pop("measured") or "{}")}
