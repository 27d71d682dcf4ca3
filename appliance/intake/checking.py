"""检查: the probes look at each material of a delivery's lessons, the rules of the edition judge.

What was measured of some bytes is kept under their hash and not measured again. Half files count as materials
that are not whole, so the lesson's slip names them.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlite_utils import Database

from appliance import failpoint, journal
from appliance.catalog import Catalog, checks, incomplete, lessons
from appliance.intake.form_check import against_form
from appliance.intake.sorting import phase_of
from appliance.model import Finding, Lesson, LessonFacts, Material, Outcome, Phase, Severity
from appliance.probes import probe, tools
from appliance.rules import engine
from appliance.rules.edition import Edition
from appliance.selection.after_check import settle_state
from appliance.station import Station


@dataclass(frozen=True)
class Checked:
    lesson: int
    revision: int
    phase: Phase
    findings: tuple[Finding, ...]


def check(station: Station, catalog: Catalog, no: int) -> Callable[[Database], Mapping[str, Any]]:
    edition = station.edition()
    versions = tools()
    found = [
        check_lesson(station, catalog, lesson, edition, versions) for lesson in lessons.waiting_check(catalog.db, no)
    ]

    def commit(db: Database) -> Mapping[str, Any]:
        _tell_of_new_rules(db, edition)
        verdicts = {one.lesson: _record(db, station, edition, versions, one) for one in found}
        return {"edition": [edition.id, edition.hash], "verdicts": verdicts}

    return commit


def check_lesson(station: Station, catalog: Catalog, no: int, edition: Edition, versions: Mapping[str, str]) -> Checked:
    """What the rules say of a lesson's current revision; writes nothing but what was measured."""
    lesson = lessons.by_no(catalog.db, no)
    revision = lessons.revision_of(catalog.db, no)
    materials = [_measured(station, catalog, material, versions) for material in lesson.materials]
    half = incomplete.of_lesson(catalog.db, no)
    phase = _phase(station, edition, lesson, [*materials, *half])
    facts = LessonFacts(lesson.identity, phase, (*materials, *half))
    findings = engine.check(facts, edition)
    spoken = {finding.material for finding in findings}
    untold = [incomplete_finding(material) for material in half if material.name not in spoken]
    return Checked(no, revision, phase, (*untold, *against_form(station, catalog.db, no, half), *findings))


def _tell_of_new_rules(db: Database, edition: Edition) -> None:
    """Before the first verdict that is made by other rules than the one before, the journal says so."""
    last = checks.last_edition(db)
    if last is not None and last != (edition.id, edition.hash):
        data = {"was": [*last], "now": [edition.id, edition.hash], "layers": list(edition.layers)}
        journal.append(db, "edition.changed", f"edition/{edition.id}", data)


def _measured(station: Station, catalog: Catalog, material: Material, versions: Mapping[str, str]) -> Material:
    media = checks.media(catalog.db, material.sha256, versions)
    if media is None:
        keep = functools.partial(station.evidence().save, material.sha256)
        media = probe(station.store().path(material.sha256), keep=keep)
        with catalog.writing() as db:
            checks.save_media(db, material.sha256, media, versions)
    return replace(material, media=media)


def _phase(station: Station, edition: Edition, lesson: Lesson, materials: list[Material]) -> Phase:
    return phase_of(station.settings.profile, edition, materials, lesson.state)


def incomplete_finding(material: Material) -> Finding:
    """For a half file in a place that no row of the edition speaks of."""
    why = str(material.media["whole"]["says"])
    return Finding(
        "incomplete", "", Severity.ERROR, Outcome.FAIL, material.name, why, "完整", f"“{material.name}”不完整：{why}",
        "请回到原来的电脑上打开它，确认能用，再完整地拷一次",
    )  # fmt: skip


def _record(db: Database, station: Station, edition: Edition, versions: Mapping[str, str], one: Checked) -> str:
    verdict = engine.verdict(one.findings)
    checks.record(db, one.lesson, one.revision, one.phase, (edition.id, edition.hash), versions, verdict, one.findings)
    lessons.set_phase(db, one.lesson, one.phase)
    settle_state(db, one.lesson, station.settings.profile)
    failpoint.reached("check.before-commit")
    return verdict.value
