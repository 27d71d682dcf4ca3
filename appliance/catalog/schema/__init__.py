"""The tables, as steps from the first to the newest. A released step is never edited; a new one is added last.

Each room keeps its own steps in a module here; `STEPS` is their one order. A step's name is its function's.
Times are ISO 8601 text beside their `clock` quality; order is by the integer keys.
"""

from __future__ import annotations

from sqlite_utils import Migrations

from appliance.catalog.schema import (
    board,
    first_light,
    lessons,
    originality,
    people,
    printing,
    publicity,
    records,
    screening,
    season,
    trials,
)

STEPS = (
    first_light.first_light,
    lessons.half_files,
    trials.trial_sessions,
    lessons.checklist,
    people.rosters,
    publicity.publicity_lists,
    people.school_hand_ins,
    lessons.two_turns,
    trials.tablets,
    originality.originality,
    records.lesson_records,
    trials.office,
    records.certificate_numbers,
    screening.screening,
    originality.picture_prints,
    season.season,
    printing.print_jobs,
    board.proposals,
    season.filming,
    records.record_scans,
)

migrations = Migrations("lessonbox")
for step in STEPS:
    migrations()(step)
