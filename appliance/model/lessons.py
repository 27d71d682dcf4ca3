"""课例: what it is called and whose it is, its materials, and where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from appliance.model.words import LessonState, Phase, Verdict


@dataclass(frozen=True)
class Identity:
    """What a lesson is called and whose it is. Empty string: not known yet. `sources` says where each
    field was read: manifest, folder, filename, person."""

    title: str = ""
    category: str = ""
    stage: str = ""
    subject: str = ""
    grade: str = ""
    textbook: str = ""
    volume: str = ""
    teacher: str = ""
    school: str = ""
    special_kind: str = ""
    periods: int = 1
    authors: tuple[str, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)

    @property
    def known(self) -> bool:
        """Enough to file it without asking a person."""
        return bool(self.title and self.category and self.stage)


@dataclass(frozen=True)
class Material:
    """One file of a lesson. `role` is a word of the edition, "" when nobody knows yet; `period` from 1.
    `media` is what the probes measured (see `appliance/probes`), empty before the check."""

    role: str
    period: int
    name: str
    sha256: str
    size: int
    media: Mapping[str, Any] = field(default_factory=dict)
    id: int = 0


@dataclass(frozen=True)
class LessonGuess:
    """What identification made of a group of entries. `records`: what the school's form says that is to be written
    down of the lesson (登记)."""

    identity: Identity
    materials: tuple[Material, ...]
    doubts: tuple[str, ...] = ()
    records: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Lesson:
    """A lesson as the catalog has it, at its current revision."""

    no: int
    identity: Identity
    state: LessonState
    phase: Phase
    verdict: Verdict | None
    revision: int
    materials: tuple[Material, ...]
    version: int = 0  # of the newest bundle; 0 before the first
