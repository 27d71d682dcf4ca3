"""试查: which of the station's lessons other rules would treat differently. What was measured is used again; nothing
is measured anew and nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from sqlite_utils import Database

from appliance.catalog import incomplete, lessons
from appliance.intake import likeness
from appliance.intake.sorting import phase_of
from appliance.model import Finding, Identity, Lesson, LessonFacts, LessonState, Severity
from appliance.rules import engine
from appliance.rules.edition import Edition

ProfileOf = Callable[[Identity], str]

_OUT = (LessonState.REJECTED, LessonState.WITHDRAWN)


def dry_run(db: Database, profile_of: ProfileOf, now: Edition, other: Edition) -> Iterator[dict[str, Any]]:
    """`{"no", "title", "was", "would", "gained": [sentence], "lost": [sentence]}` for each lesson whose verdict, or
    whose errors and warnings, would be others. Rejected and withdrawn lessons are left out."""
    for row in lessons.find(db, limit=lessons.count(db)):
        lesson = lessons.by_no(db, row["no"])
        if lesson.state in _OUT:
            continue
        here, there = (_findings(db, profile_of, lesson, edition) for edition in (now, other))
        was, would = engine.verdict(here), engine.verdict(there)
        before, after = _weighty(here), _weighty(there)
        if was != would or before.keys() != after.keys():
            yield {
                "no": lesson.no, "title": lesson.identity.title, "was": was.value, "would": would.value,
                "gained": [text for key, text in after.items() if key not in before],
                "lost": [text for key, text in before.items() if key not in after],
            }  # fmt: skip


def _findings(db: Database, profile_of: ProfileOf, lesson: Lesson, edition: Edition) -> list[Finding]:
    materials = (*lesson.materials, *incomplete.of_lesson(db, lesson.no))
    phase = phase_of(profile_of(lesson.identity), edition, materials, lesson.state)
    return engine.check(LessonFacts(lesson.identity, phase, materials, likeness.known(db, lesson)), edition)


def _weighty(findings: list[Finding]) -> dict[tuple[str, ...], str]:
    """What a lesson would be told, advice left out; the same measure against another limit is another sentence."""
    return {
        (one.severity, one.outcome, one.material, one.says): one.says
        for one in findings
        if one.severity != Severity.INFO
    }
