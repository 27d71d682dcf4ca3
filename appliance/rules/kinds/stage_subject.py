"""May this subject of this stage enter the category?"""

from __future__ import annotations

from collections.abc import Iterator

from appliance.model import LessonFacts
from appliance.rules.edition import Edition, Rule
from appliance.rules.remark import Kind, Remark


def judge(rule: Rule, facts: LessonFacts, edition: Edition) -> Iterator[Remark]:
    identity = facts.identity
    allowed = edition.subjects.get(identity.category, {}).get(identity.stage)
    if allowed is None or identity.subject in allowed:
        return
    names = "、".join(allowed)
    fields = {"stage": edition.stages[identity.stage], "subject": identity.subject, "allowed": names}
    case = "wrong" if identity.subject else "unknown"
    yield Remark(case, "", identity.subject or "没有写明", names, fields)


KIND = Kind(
    judge, (), {"wrong": ("stage", "subject", "allowed"), "unknown": ("stage", "subject", "allowed")}
)  # fmt: skip
