"""All that the ranking of a session rests on, as one plain JSON object (see `sheet`). Observers are not in it."""

from __future__ import annotations

from typing import Any

from sqlite_utils import Database

from appliance.catalog import panels, scores, sessions
from appliance.selection.sheet import FORMAT, VERSION

_SCORE = ("id", "lesson", "judge", "version", "items", "revision", "materials_sha256", "reason")
_RECUSAL = ("id", "lesson", "judge", "kind", "reason", "by_user", "second")


def of_session(db: Database, session: int) -> dict[str, Any]:
    """Raises `NotFound`."""
    row = sessions.by_id(db, session)
    judges = panels.judges_of(db, session)
    names = {judge["name"] for judge in judges}
    replaced = {judge["name"]: judge["replaced_by"] for judge in judges if judge["replaced_by"]}
    return {
        "format": FORMAT, "version": VERSION,
        "session": {name: row[name] for name in ("id", "name", "category", "stage", "subject", "room")},
        "edition": {"id": row["edition"], "hash": row["edition_hash"]},
        "rubric": row["rubric"], "terms": row["terms"], "seed": row["seed"],
        "lessons": [
            {name: each[name] for name in ("no", "title", "teacher", "school", "place", "revision", "materials_sha256")}
            for each in sessions.lessons_of(db, session)
        ],
        "judges": [judge["name"] for judge in judges],
        **({"replaced": replaced} if replaced else {}),
        "recusals": [
            {name: each[name] for name in _RECUSAL}
            for each in panels.recusals_of(db, session)
            if each["judge"] in names
        ],
        "scores": [
            {name: each[name] for name in _SCORE} for each in scores.of_session(db, session) if each["judge"] in names
        ],
        "votes": [{name: each[name] for name in ("id", "among", "choices")} for each in scores.votes_of(db, session)],
    }  # fmt: skip
