"""Where a verdict puts a lesson. A check never undoes a person's decision to take a lesson further."""

from __future__ import annotations

from sqlite_utils import Database

from appliance.catalog import checks, decisions, lessons
from appliance.model import LessonState, Phase, Turn, Verdict
from appliance.rules import engine

OPEN = frozenset({LessonState.SUBMITTED, LessonState.RETURNED, LessonState.COMPLETE, LessonState.CANDIDATE})


def next_state(state: LessonState, verdict: Verdict, phase: Phase, chosen: bool) -> LessonState:
    """Pure. `chosen`: a person made it a candidate, or this county takes finished lessons (profile)."""
    if state not in OPEN:
        return state
    waiting = LessonState.CANDIDATE if state == LessonState.CANDIDATE else LessonState.SUBMITTED
    if verdict == Verdict.RETURN:
        return state if state == LessonState.CANDIDATE else LessonState.RETURNED
    if verdict == Verdict.PASS and phase == Phase.PRODUCTION and chosen:
        return LessonState.COMPLETE
    return waiting


def settle_state(db: Database, no: int, profile: str) -> LessonState:
    """Applies the latest full check, with the waivers that hold. Inside the caller's transaction."""
    run = checks.latest(db, no, Turn.FULL)
    lesson = lessons.by_no(db, no)
    if run is None:
        return lesson.state
    verdict = engine.verdict(run["findings"])
    chosen = profile == "finished_video" or any(d["kind"] == "candidate" for d in decisions.of_lesson(db, no))
    state = next_state(lesson.state, verdict, Phase(run["phase"]), chosen)
    lessons.set_verdict(db, no, verdict)
    lessons.set_state(db, no, state)
    return state
