"""Judges a lesson by an edition. Pure: the facts go in, findings come out, in the order in which to mend them."""

from __future__ import annotations

from collections.abc import Iterable

from appliance.model import Finding, Identity, LessonFacts, Outcome, Phase, Severity, Turn, Verdict
from appliance.rules.edition import Applies, Case, Edition, Rule
from appliance.rules.kinds import KINDS
from appliance.rules.remark import UNDETERMINED, Remark

_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


def check(facts: LessonFacts, edition: Edition, until: Turn = Turn.FULL) -> list[Finding]:
    """What the rules whose kinds are due by the turn `until` say. Errors first, then warnings, then advice; inside each in the order of the edition's rows."""
    found = [
        _finding(rule, remark, edition)
        for rule in edition.rules
        if applies(rule, facts) and (until == Turn.FULL or KINDS[rule.kind].turn == Turn.FIRST)
        for remark in KINDS[rule.kind].judge(rule, facts, edition)
    ]
    return sorted(found, key=lambda finding: _RANK[finding.severity])


def verdict(findings: Iterable[Finding]) -> Verdict:
    """A failed error returns the lesson; what could not be decided asks a person, unless one has waived it."""
    weighty = [finding for finding in findings if finding.severity != Severity.INFO]
    if any(one.severity == Severity.ERROR and one.outcome == Outcome.FAIL for one in weighty):
        return Verdict.RETURN
    open_questions = [one for one in weighty if one.outcome != Outcome.FAIL and not one.waived]
    return Verdict.PERSON if open_questions else Verdict.PASS


def applies(rule: Rule, facts: LessonFacts) -> bool:
    return concerns(rule.applies, facts.identity, facts.phase)


def concerns(where: Applies, identity: Identity, phase: Phase) -> bool:
    return (
        (not where.category or identity.category in where.category)
        and (not where.stage or identity.stage in where.stage)
        and (not where.phase or phase.value in where.phase)
    )


def _finding(rule: Rule, remark: Remark, edition: Edition) -> Finding:
    case = _undetermined(rule, edition) if remark.case == UNDETERMINED else rule.cases[remark.case]
    return Finding(
        rule=rule.id, clause=rule.clause, severity=case.severity, outcome=case.outcome, material=remark.material,
        measured=remark.measured, expected=remark.expected, says=case.says.format_map(remark.fields),
        fix=case.fix.format_map(remark.fields), place=rule.place,
    )  # fmt: skip


def _undetermined(rule: Rule, edition: Edition) -> Case:
    """Said in the edition's common words, as weighty as the gravest case of the rule."""
    gravest = min((case.severity for case in rule.cases.values()), key=_RANK.__getitem__)
    words = edition.wording
    return Case(words["undetermined_says"], words["undetermined_fix"], gravest, Outcome.UNDETERMINED)
