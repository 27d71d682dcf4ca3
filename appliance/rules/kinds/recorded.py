"""A fact that no file tells must be written down: by the school in its form, or by the office on the lesson's page.
Only in a station: elsewhere nobody writes down."""

from __future__ import annotations

from collections.abc import Iterator

from appliance.model import LessonFacts
from appliance.rules.edition import Edition, Rule
from appliance.rules.remark import Kind, Remark


def judge(rule: Rule, facts: LessonFacts, edition: Edition) -> Iterator[Remark]:
    if facts.records is None:
        return
    value = facts.records.get(rule.limits["record"], "")
    case = {"": "missing", rule.limits["unknown"]: "unknown"}.get(value)
    if case:
        yield Remark(case, "", value or "没有登记", "登记了的")


KIND = Kind(judge, ("record", "unknown"), {"missing": (), "unknown": ()})
