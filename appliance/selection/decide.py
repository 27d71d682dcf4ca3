"""People's decisions: which there are, who may make them, from which states, and what follows."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from sqlite_utils import Database

from appliance import failpoint, journal
from appliance.catalog import Catalog, checks, decisions, lessons, mending
from appliance.errors import NotAllowed, WrongUse
from appliance.model import Finding, Lesson, LessonState, Outcome, Severity
from appliance.rules.edition import Edition
from appliance.selection import after_check, checklist, scans

S = LessonState
EYES = 2  # approval takes two persons (design: decisions)


@dataclass(frozen=True)
class Decision:
    kind: str
    title: str
    before: frozenset[LessonState]
    after: LessonState
    roles: frozenset[str]
    reason_needed: bool = False


def _row(kind: str, title: str, before: set[S], after: S, roles: str, reason: bool = False) -> Decision:
    return Decision(kind, title, frozenset(before), after, frozenset(roles.split()), reason)


UNDER_WAY = {S.SUBMITTED, S.TRIAL, S.CANDIDATE, S.COMPLETE, S.APPROVED}
DECISIONS = {
    d.kind: d
    for d in (
        _row("screen", "初筛通过", {S.SUBMITTED}, S.TRIAL, "clerk approver"),
        _row("candidate", "定为初步人选", {S.TRIAL}, S.CANDIDATE, "clerk approver"),
        _row("approve", "审批通过", {S.COMPLETE}, S.APPROVED, "approver"),
        _row("return", "退回补正", UNDER_WAY | {S.ACCEPTED}, S.RETURNED, "clerk approver", reason=True),
        _row("reject", "不予推荐", UNDER_WAY | {S.RETURNED}, S.REJECTED, "approver", reason=True),
        _row("withdraw", "撤回", UNDER_WAY | {S.RETURNED}, S.WITHDRAWN, "clerk approver", reason=True),
        _row("reopen", "重新打开", set(S) - UNDER_WAY | {S.APPROVED}, S.SUBMITTED, "approver", reason=True),
    )
}


def allowed(lesson: Lesson, role: str) -> list[Decision]:
    """What a person of this role may decide about the lesson now."""
    return [d for d in DECISIONS.values() if lesson.state in d.before and role in d.roles]


def decide(
    catalog: Catalog, no: int, kind: str, by: str, reason: str, profile: str = "design_first",
    edition: Edition | None = None,
) -> Lesson:  # fmt: skip
    """Carries out a decision in one transaction and returns the lesson after it. `edition`: whose checklist and
    scans an approval is held to.

    Raises `NotFound`, `WrongUse` (no such decision, no name, no reason), `NotAllowed` (state, same person twice).
    """
    if kind not in DECISIONS:
        raise WrongUse(f"没有这种决定：{kind}。可以是 {'、'.join(DECISIONS)}")
    if not by.strip():
        raise WrongUse("没有写是谁决定的")
    if DECISIONS[kind].reason_needed and not reason.strip():
        raise WrongUse(f"{DECISIONS[kind].title}需要写明理由")
    with catalog.writing() as db:
        if kind == "approve" and edition is not None:
            _papers_agree(db, no, edition)
        _carry_out(db, no, DECISIONS[kind], by.strip(), reason.strip(), profile)
        failpoint.reached("decide.before-commit")
    failpoint.reached("decide.committed")
    return lessons.by_no(catalog.db, no)


def carry_out(db: Database, no: int, kind: str, by: str, reason: str, profile: str) -> None:
    """As a part of the caller's transaction. Raises `NotFound`, `NotAllowed`."""
    _carry_out(db, no, DECISIONS[kind], by, reason, profile)


def _papers_agree(db: Database, no: int, edition: Edition) -> None:
    against = checklist.objection(checklist.of_lesson(db, edition, lessons.by_no(db, no)), edition)
    against = against or scans.objection(db, edition, no)
    if against is not None:
        raise against


def _carry_out(db: Database, no: int, decision: Decision, by: str, reason: str, profile: str) -> None:
    lesson = lessons.by_no(db, no)
    if lesson.state not in decision.before:
        raise NotAllowed(f"第 {no} 号课例现在是“{STATE_NAMES[lesson.state]}”，不能{decision.title}")
    revision = lessons.revision_of(db, no)
    after = _after_approval(db, no, revision, by) if decision.kind == "approve" else decision.after
    decisions.record(db, no, revision, decision.kind, by, reason, lesson.state, after)
    if decision.kind == "reopen" and (waiting := lessons.waiting_revision(db, no)):
        lessons.make_current(db, no, waiting)
    lessons.set_state(db, no, after)
    if decision.kind in ("candidate", "reopen"):
        after = after_check.settle_state(db, no, profile)
        mending.queue_check(db, no)  # more is asked of a candidate; a waiting revision was never looked at
    journal.append(db, f"decide.{decision.kind}", f"lesson/{no}", {"reason": reason, "state": after}, actor=by)


def _after_approval(db: Database, no: int, revision: int, by: str) -> LessonState:
    """Four eyes: the first approval waits, a second person's completes it."""
    earlier = {_same_name(row["by_user"]) for row in decisions.standing_approvals(db, no, revision)}
    if _same_name(by) in earlier:
        raise NotAllowed("审批要由两个人做，您已经批过一次", remedy="请另一位审批人来批")
    return LessonState.APPROVED if len(earlier) + 1 >= EYES else LessonState.COMPLETE


def _same_name(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold().strip()


def waivable(finding: Finding) -> bool:
    """A warning, or what could not be determined; never an error that the notice makes hard."""
    return not finding.waived and (finding.severity == Severity.WARNING or finding.outcome != Outcome.FAIL)


def waive(catalog: Catalog, no: int, rule: str, material: str, by: str, reason: str, profile: str) -> Lesson:
    """Raises `NotFound`, `WrongUse`, `NotAllowed`."""
    if not by.strip() or not reason.strip():
        raise WrongUse("放行需要写明姓名和理由")
    with catalog.writing() as db:
        lessons.by_no(db, no)
        run = checks.latest(db, no)
        matching = [f for f in run["findings"] if f.rule == rule and f.material == material] if run else []
        if not matching:
            raise NotAllowed(f"第 {no} 号课例没有这个问题：{rule}")
        if not waivable(matching[0]):
            raise NotAllowed("这是通知的硬性要求，不能放行", remedy="请退回补正")
        checks.waive(db, no, matching[0], by.strip(), reason.strip())
        decisions.record(db, no, lessons.revision_of(db, no), "waive", by.strip(), reason.strip(), "", "")
        after_check.settle_state(db, no, profile)
        journal.append(
            db, "waive", f"lesson/{no}", {"rule": rule, "material": material, "reason": reason}, actor=by.strip()
        )
    return lessons.by_no(catalog.db, no)


STATE_NAMES = {
    S.SUBMITTED: "已收", S.RETURNED: "退回补正", S.TRIAL: "待试讲", S.CANDIDATE: "初步人选",
    S.COMPLETE: "待审批", S.APPROVED: "已批准", S.BUNDLED: "已成包", S.SENT: "已送出",
    S.ACCEPTED: "上级已收", S.REJECTED: "不予推荐", S.WITHDRAWN: "已撤回",
}  # fmt: skip
