"""An edition (年度规则): all that one year's notice asks for, as frozen values. Read by `load`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from appliance.model import Outcome, Phase, Severity


@dataclass(frozen=True)
class Case:
    """One way in which a rule can speak, as the edition words it. `says` and `fix` have {named} fields."""

    says: str
    fix: str
    severity: Severity
    outcome: Outcome


@dataclass(frozen=True)
class Applies:
    """Where a rule applies. An empty tuple: everywhere."""

    category: tuple[str, ...] = ()
    stage: tuple[str, ...] = ()
    phase: tuple[str, ...] = ()
    role: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rule:
    """A row of `rules.toml`. `kind` names the function in `rules/kinds` that judges it by `limits`."""

    id: str
    clause: str
    place: str
    kind: str
    applies: Applies
    limits: Mapping[str, Any]
    cases: Mapping[str, Case]
    tolerances: Mapping[str, str] = field(default_factory=dict)  # the limits that stand for one: {limit: tolerance}


@dataclass(frozen=True)
class Asked:
    """What one role is asked for in one category. Values of `need`: required, advised, optional, none."""

    role: str
    need: Mapping[str, str]
    per: str
    one: bool = False

    def in_phase(self, phase: Phase) -> str:
        return self.need.get(phase.value, "none")


@dataclass(frozen=True)
class Section:
    """A part that a document must have, and the other names that teachers give it."""

    name: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """What only a person can answer (核对清单). `who`: roles of users that may; `applies`: category and phase."""

    clause: str
    place: str
    question: str
    applies: Applies
    who: frozenset[str]


@dataclass(frozen=True)
class Remedies:
    """怎样改, step by step. `steps`: {kind of rule: {program: its steps}}; `marks`: {program: what its films bear};
    `default`: the programs to speak of when nothing tells which one was used, the first that has steps."""

    steps: Mapping[str, Mapping[str, tuple[str, ...]]]
    marks: Mapping[str, tuple[str, ...]]
    default: tuple[str, ...]

    @property
    def programs(self) -> list[str]:
        return list(dict.fromkeys(name for by_program in self.steps.values() for name in by_program))


@dataclass(frozen=True)
class Deadline:
    """A day until the end of which something is to be done."""

    what: str
    day: dt.date
    clause: str


@dataclass(frozen=True)
class Clause:
    """One clause of the notice: where it stands, how it is met (auto assist human record report aim), in short."""

    place: str
    how: tuple[str, ...]
    says: str


@dataclass(frozen=True)
class Edition:
    """`hash` is over all files of the edition and what lies over it, so that a verdict can name its rules."""

    id: str
    title: str
    notice: str
    hash: str
    categories: Mapping[str, str]
    stages: Mapping[str, str]
    stage_groups: Mapping[str, tuple[str, ...]]
    phases: Mapping[str, str]
    special_kinds: Mapping[str, str]
    roles: Mapping[str, str]
    film: frozenset[str]  # roles with which a lesson is a finished one
    many: frozenset[str]  # roles of which a lesson may hold many
    dates: Mapping[str, Deadline]
    title_card: Mapping[str, tuple[str, ...]]
    materials: Mapping[str, tuple[Asked, ...]]
    sections: Mapping[tuple[str, str], tuple[Section, ...]]
    subjects: Mapping[str, Mapping[str, tuple[str, ...]]]
    quotas: Mapping[str, tuple[int, ...]]
    rubrics: Mapping[str, Any]
    selection: Mapping[str, Any]
    tolerances: Mapping[str, Any]
    aliases: Mapping[str, Any]
    wording: Mapping[str, str]
    clauses: Mapping[str, Clause]
    rules: tuple[Rule, ...]
    remedies: Remedies
    checklist: tuple[Question, ...]
    approval_needs: str  # warn: open questions are shown; demand: they must be answered before approval
    layers: tuple[str, ...] = ()  # what lies over it here: level, who, when, why

    def steps(self, rule_id: str) -> Mapping[str, tuple[str, ...]]:
        """{program: its steps} for what this rule finds; empty when there are none."""
        kind = next((rule.kind for rule in self.rules if rule.id == rule_id), "")
        return self.remedies.steps.get(kind, {})

    def role_name(self, role: str) -> str:
        return self.roles.get(role, "") or "未指定类别的材料"
