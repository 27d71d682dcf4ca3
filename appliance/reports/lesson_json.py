"""A lesson and what was found, as the object that `check --json`, `show --json` and `intake --json` print."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

from appliance.model import Finding, Identity, Lesson, Material, Phase, Verdict
from appliance.rules.edition import Edition
from appliance.selection import checklist

_SAID = (
    "rule",
    "clause",
    "severity",
    "outcome",
    "material",
    "measured",
    "expected",
    "says",
    "fix",
    "place",
    "waived",
)


def lesson_json(
    lesson: Lesson, findings: Sequence[Finding], edition: Edition, ticks: Mapping[str, Mapping[str, Any]] | None = None
) -> dict[str, Any]:
    """`ticks`: the newest of each clause (`appliance.catalog.ticks`)."""
    known = {"no": lesson.no, "revision": lesson.revision, "state": lesson.state.value}
    asked = checklist.as_json(checklist.items(edition, lesson, ticks or {}))
    return (
        known
        | of_parts(lesson.identity, lesson.phase, lesson.verdict, lesson.materials, findings)
        | {"checklist": asked}
    )


def of_parts(
    identity: Identity, phase: Phase, verdict: Verdict | None, materials: Sequence[Material],
    findings: Sequence[Finding],
) -> dict[str, Any]:  # fmt: skip
    return {
        **_identity(identity),
        "phase": phase.value,
        "verdict": verdict.value if verdict else None,
        "materials": [_material(material) for material in materials],
        "findings": [finding_json(finding) for finding in findings],
    }


def finding_json(finding: Finding) -> dict[str, str]:
    return {name: str(getattr(finding, name)) for name in _SAID}


def _identity(identity: Identity) -> dict[str, Any]:
    fields = dataclasses.asdict(identity)
    return {**fields, "authors": list(identity.authors), "sources": dict(identity.sources)}


def _material(material: Material) -> dict[str, Any]:
    media: Mapping[str, Any] = material.media
    return {
        "role": material.role, "period": material.period, "name": material.name, "sha256": material.sha256,
        "size": material.size, "media": dict(media),
    }  # fmt: skip
