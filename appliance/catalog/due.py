"""What waits for people, as counts; and the last days of what is being shown in public. Fixed few queries."""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database

from appliance.model import LessonState, Verdict


@dataclass(frozen=True)
class Due:
    """Lessons: `person` that somebody must look at, `approval` waiting for approvers, `returned` with their schools.
    `last_days`: ISO days on which an open publicity ends, soonest first."""

    person: int
    approval: int
    returned: int
    last_days: tuple[str, ...]


def due(db: Database) -> Due:
    row = db.execute(
        "select coalesce(sum(verdict = ? and state = ?), 0), coalesce(sum(state = ?), 0), coalesce(sum(state = ?), 0)"
        " from lesson",
        [Verdict.PERSON, LessonState.SUBMITTED, LessonState.COMPLETE, LessonState.RETURNED],
    ).fetchone()
    days = db.execute(
        "select last_day from publicity where no not in (select publicity from publicity_end) order by last_day"
    ).fetchall()
    person, approval, returned = (int(count) for count in row)
    return Due(person, approval, returned, tuple(day for (day,) in days))
