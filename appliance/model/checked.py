"""查验: what rules may look at, and what they say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from appliance.model.lessons import Identity, Material
from appliance.model.words import Outcome, Phase, Severity


@dataclass(frozen=True)
class Alike:
    """What of `material` (its given name) is alike to something else that the box has held. `kind`: file (the very
    bytes), text, sound or picture. `score`: shared share of the shorter one, 0–1. `amount`: characters or seconds that are
    shared, `start` and `end` where they stand: of a text from 0 to 1, of a film in seconds. `lesson`: whose number,
    0 for an entry of an imported list. `own`: of the same teacher. `whose`: for the office only; no rule says it.
    `spans`: the same stretches of two films, (from, to here; from, to there) in seconds; `moments`: (here, there),
    where their pictures are the same."""

    material: str
    kind: str
    score: float
    amount: float = 0.0
    start: float = 0.0
    end: float = 0.0
    lesson: int = 0
    own: bool = False
    whose: str = ""
    spans: tuple[tuple[float, float, float, float], ...] = ()
    moments: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True)
class LessonFacts:
    """All that rules may look at. `alike`: only in a station, which has others to compare with.
    `records`: what was written down of the lesson (登记), by kind; None outside of a station."""

    identity: Identity
    phase: Phase
    materials: tuple[Material, ...]
    alike: tuple[Alike, ...] = ()
    records: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Finding:
    """One thing that a rule has to say about a lesson; a value, never an exception.

    `says` (出了什么事) and `fix` (请这样改) are plain Chinese; `measured` and `expected` carry units.
    `material` is the given name of the file, "" when the lesson as a whole is meant.
    """

    rule: str
    clause: str
    severity: Severity
    outcome: Outcome
    material: str
    measured: str
    expected: str
    says: str
    fix: str
    place: str = ""
    id: int = 0
    waived: str = ""
