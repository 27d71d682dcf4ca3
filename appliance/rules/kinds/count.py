"""Not more periods or authors than allowed."""

from __future__ import annotations

from collections.abc import Iterator

from appliance.model import LessonFacts
from appliance.rules.edition import Edition, Rule
from appliance.rules.remark import Kind, Remark

_UNITS = {"periods": "个课时", "authors": "人"}


def judge(rule: Rule, facts: LessonFacts, edition: Edition) -> Iterator[Remark]:
    most, of = rule.limits["most"], rule.limits["of"]
    count = _count(of, facts)
    unit = _UNITS[of]
    fields = {"count": count, "most": most}
    if count == 0:
        yield Remark("unknown", "", "没有写明", f"最多 {most} {unit}", fields)
    elif count > most:
        yield Remark("over", "", f"{count} {unit}", f"最多 {most} {unit}", fields)


def _count(of: str, facts: LessonFacts) -> int:
    if of == "authors":
        return len(facts.identity.authors)
    return max([facts.identity.periods, *(material.period for material in facts.materials)])


KIND = Kind(judge, ("of", "most"), {"over": ("count", "most"), "unknown": ("count", "most")})
