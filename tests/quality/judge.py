"""The real probes and rules over one labelled material: what the box says, by rule."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from appliance.model import Alike, Finding, LessonFacts, Material, Outcome, Phase, Severity, Turn
from appliance.probes import probe
from appliance.probes.plan import LOOKS
from appliance.rules import engine
from appliance.rules.edition import Edition, Rule
from appliance.rules.kinds import KINDS
from tests.quality import copies
from tests.quality.labelled import ADVISE, EVERY, LOOKS_OF, OF_THE_LESSON, PASS, PERSON, RETURN, Labelled


@dataclass(frozen=True)
class Judged:
    """`said`: {rule: outcome}, of every rule that concerns the material; `findings` tell why."""

    label: Labelled
    said: Mapping[str, str]
    findings: tuple[Finding, ...]
    media: Mapping[str, object]

    def due(self, rule: Rule) -> str:
        return self.label.says.get(rule.kind, PASS)


def judge(label: Labelled, edition: Edition) -> Judged:
    with tempfile.TemporaryDirectory(prefix="lessonbox-quality-") as folder:
        materials = tuple(_material(label, Path(folder), n) for n in range(len(label.also) + 1))
        alike = _beside(label, Path(folder)) if label.held else ()
    facts = LessonFacts(label.identity, Phase.PRODUCTION, materials, alike)
    findings = tuple(engine.check(facts, edition))
    said = {
        rule.id: outcome_of(one for one in findings if one.rule == rule.id)
        for rule in edition.rules
        if concerns(rule, label, facts)
    }
    return Judged(label, said, findings, materials[0].media)


def _beside(label: Labelled, folder: Path) -> tuple[Alike, ...]:
    assert label.held is not None
    held = folder / "held.mp4"
    label.held(held)
    return copies.pictures(label.name, folder / f"0-{label.name}", held)


def _material(label: Labelled, folder: Path, number: int) -> Material:
    name, make = ((label.name, label.make), *label.also)[number]
    path = folder / f"{number}-{name}"
    make(path)
    return Material(label.role, 1, name, f"sha{number}", path.stat().st_size, measured(path, label.full))


def measured(path: Path, full: tuple[str, ...]) -> dict[str, Any]:
    """The first turn, and of the second what the kinds in `full` read."""
    if full == EVERY:
        return probe(path)
    media = probe(path, Turn.FIRST)
    wanted = {look for kind in full for look in LOOKS_OF[kind]}
    skipped = {one.name: {} for one in LOOKS if one.turn == Turn.FULL and one.name not in wanted}
    seen = probe(path, Turn.FULL, {**media, **skipped}) if wanted else media
    return {name: value for name, value in seen.items() if name not in skipped}


def concerns(rule: Rule, label: Labelled, facts: LessonFacts) -> bool:
    if rule.kind in OF_THE_LESSON and rule.kind not in label.judged:
        return False
    if KINDS[rule.kind].turn == Turn.FULL and label.full != EVERY and rule.kind not in label.full:
        return False
    return engine.applies(rule, facts) and (not rule.applies.role or label.role in rule.applies.role)


def outcome_of(findings: Iterable[Finding]) -> str:
    """The gravest: returned, put to a person, advised, or nothing said."""
    said = list(findings)
    if any(one.severity == Severity.ERROR and one.outcome == Outcome.FAIL for one in said):
        return RETURN
    if any(one.outcome != Outcome.FAIL for one in said):
        return PERSON
    return ADVISE if said else PASS
