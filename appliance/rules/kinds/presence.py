"""Is everything there that the category asks for in this phase?

`scope = "lesson"` speaks of roles with no file at all, `"period"` of single periods that lack theirs; so each
gap is told once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from appliance.model import LessonFacts
from appliance.rules.edition import Asked, Edition, Rule
from appliance.rules.remark import Kind, Remark

_CASES = {"required": "missing", "advised": "advised"}


def judge(rule: Rule, facts: LessonFacts, edition: Edition) -> Iterator[Remark]:
    for asked in edition.materials.get(facts.identity.category, ()):
        counts = _files_by_period(facts, asked.role)
        periods = _periods(facts) if asked.per == "period" else [1]
        name = edition.role_name(asked.role)
        if rule.limits["scope"] == "lesson":
            yield from _of_lesson(asked, counts, len(periods), name, facts)
        elif len(periods) > 1 and counts:
            for period in periods:
                yield from _of_period(asked, counts.get(period, 0), period, name, facts)


def _of_lesson(
    asked: Asked, counts: Mapping[int, int], periods: int, name: str, facts: LessonFacts
) -> Iterator[Remark]:
    case = _CASES.get(asked.in_phase(facts.phase))
    if case and not counts:
        yield Remark(case, "", "没有", name, {"role": name})
    elif asked.one and periods == 1 and sum(counts.values()) > 1:
        count = sum(counts.values())
        yield Remark("several", "", f"{count} 个", "1 个", {"role": name, "count": count})


def _of_period(asked: Asked, count: int, period: int, name: str, facts: LessonFacts) -> Iterator[Remark]:
    case = _CASES.get(asked.in_phase(facts.phase))
    fields = {"role": name, "period": period, "count": count}
    if case and not count:
        yield Remark(case, "", f"第 {period} 课时没有", f"每课时 1 份{name}", fields)
    elif asked.one and count > 1:
        yield Remark("several", "", f"{count} 个", "1 个", fields)


def _files_by_period(facts: LessonFacts, role: str) -> dict[int, int]:
    counts: dict[int, int] = {}
    for material in facts.materials:
        if material.role == role:
            counts[material.period] = counts.get(material.period, 0) + 1
    return counts


def _periods(facts: LessonFacts) -> list[int]:
    """1 to the number of periods said, and any more that a file names."""
    most = max([facts.identity.periods, *(material.period for material in facts.materials)], default=1)
    return list(range(1, min(max(most, 1), 100) + 1))


KIND = Kind(
    judge, ("scope",),
    {"missing": ("role", "period"), "advised": ("role", "period"), "several": ("role", "period", "count")},
)  # fmt: skip
