"""检查: the probes look at each material of a delivery's lessons, the rules of the edition judge. In two turns: the
first answer comes before any film is decoded, the full check settles what becomes of a lesson.

Half files count as materials that are not whole, so the lesson's slip names them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlite_utils import Database

from appliance import failpoint, journal
from appliance.catalog import Catalog, arrivals, checks, incomplete, lessons, records
from appliance.intake import likeness
from appliance.intake.copy_proof import copy_proof
from appliance.intake.form_answers import answered
from appliance.intake.form_check import against_form, registered
from appliance.intake.likeness import NOTHING, Likeness
from appliance.intake.measuring import Measuring, Stopping, never
from appliance.intake.ownership import claimed
from appliance.intake.sorting import phase_of
from appliance.model import Finding, LessonFacts, Material, Outcome, Phase, Severity, Turn, Verdict
from appliance.probes import tools
from appliance.rules import engine
from appliance.rules.edition import Edition
from appliance.selection.after_check import settle_state
from appliance.station import Station

Commit = Callable[[Database], Mapping[str, Any]]


@dataclass(frozen=True)
class Checked:
    lesson: int
    revision: int
    phase: Phase
    findings: tuple[Finding, ...]
    likeness: Likeness = NOTHING
    told: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # by the lesson's papers, to be written down


def answer(station: Station, catalog: Catalog, no: int, stopping: Stopping = never) -> Commit:
    """初步检查: what names, sizes, documents and containers tell. It settles nothing."""
    return _turn(station, catalog, no, Turn.FIRST, stopping)


def check(station: Station, catalog: Catalog, no: int, stopping: Stopping = never) -> Commit:
    """All of it; puts each lesson where its verdict says."""
    return _turn(station, catalog, no, Turn.FULL, stopping)


def _turn(station: Station, catalog: Catalog, no: int, until: Turn, stopping: Stopping) -> Commit:
    edition, versions = station.edition(), tools()
    measuring = Measuring(station, catalog, versions, until, stopping)
    due = lessons.waiting_check(catalog.db, no)
    files = {one.sha256: one for lesson in due for one in lessons.by_no(catalog.db, lesson).materials}
    small_first = sorted(files.values(), key=lambda one: one.size)  # what is soon done is not kept waiting
    measured = {material.sha256: measuring.of(material) for material in small_first}
    found = [_judged(measuring, measured, lesson, edition) for lesson in due]

    def commit(db: Database) -> Mapping[str, Any]:
        _tell_of_new_rules(db, edition)
        verdicts = {one.lesson: _record(db, station, edition, versions, one, until) for one in found}
        likeness.record(db, {one.lesson: one.likeness for one in found})
        if until == Turn.FIRST:
            verdicts = {lesson: verdict for lesson, verdict in verdicts.items() if verdict == Verdict.RETURN}
        return {"edition": [edition.id, edition.hash], "verdicts": verdicts}

    return commit


def _judged(measuring: Measuring, measured: Mapping[str, Material], no: int, edition: Edition) -> Checked:
    """What the rules say of a lesson's current revision; writes nothing but what was measured."""
    station, db = measuring.station, measuring.catalog.db
    lesson, revision = lessons.by_no(db, no), lessons.revision_of(db, no)
    materials = [replace(one, media=(measured.get(one.sha256) or measuring.of(one)).media) for one in lesson.materials]
    half = incomplete.of_lesson(db, no)
    phase = phase_of(station.settings.profile_of(lesson.identity), edition, [*materials, *half], lesson.state)
    alike = likeness.of_lesson(db, lesson, edition) if measuring.until == Turn.FULL else NOTHING
    told = answered(lesson.identity.category, materials, edition)
    written = {kind: value for kind, (value, _) in told.items()}
    for row in records.of_lesson(db, no):
        if row["by_user"] != arrivals.PAPER or row["kind"] not in told:
            written[row["kind"]] = row["value"]
    facts = LessonFacts(lesson.identity, phase, (*materials, *half), alike.facts, written)
    findings = engine.check(facts, edition, measuring.until)
    if measuring.until == Turn.FULL:
        findings += copy_proof(facts, edition, registered(station, db, no))
    spoken = {finding.material for finding in findings}
    untold = [incomplete_finding(material) for material in half if material.name not in spoken]
    return Checked(
        no, revision, phase, (*untold, *claimed(db, no), *against_form(station, db, no, half), *findings), alike, told
    )


def _tell_of_new_rules(db: Database, edition: Edition) -> None:
    """Before the first verdict that is made by other rules than the one before, the journal says so."""
    last = checks.last_edition(db)
    if last is not None and last != (edition.id, edition.hash):
        data = {"was": [*last], "now": [edition.id, edition.hash], "layers": list(edition.layers)}
        journal.append(db, "edition.changed", f"edition/{edition.id}", data)


def incomplete_finding(material: Material) -> Finding:
    """For a half file in a place that no row of the edition speaks of."""
    why = str(material.media["whole"]["says"])
    return Finding(
        "incomplete", "", Severity.ERROR, Outcome.FAIL, material.name, why, "完整", f"“{material.name}”不完整：{why}",
        "请回到原来的电脑上打开它，确认能用，再完整地拷一次",
    )  # fmt: skip


def _record(
    db: Database, station: Station, edition: Edition, versions: Mapping[str, str], one: Checked, turn: Turn
) -> str:
    verdict = engine.verdict(one.findings)
    checks.record(
        db, one.lesson, one.revision, one.phase, (edition.id, edition.hash), versions, verdict, one.findings, turn
    )
    arrivals.write_down_from_papers(db, one.lesson, one.told)
    if turn == Turn.FULL:
        lessons.set_phase(db, one.lesson, one.phase)
        settle_state(db, one.lesson, station.settings.profile_of(lessons.by_no(db, one.lesson).identity))
        failpoint.reached("check.before-commit")
    return verdict.value
