"""Lessons by several authors bring evidence of each one's part."""

from __future__ import annotations

from collections.abc import Iterator

from appliance.model import LessonFacts
from appliance.rules.edition import Edition, Rule
from appliance.rules.remark import Kind, Remark


def judge(rule: Rule, facts: LessonFacts, edition: Edition) -> Iterator[Remark]:
    role, authors = rule.limits["role"], len(facts.identity.authors)
    if authors < rule.limits["from"] or any(material.role == role for material in facts.materials):
        return
    name = edition.role_name(role)
    yield Remark("missing", "", f"{authors} 位作者，没有{name}", f"每位作者都有{name}", {"count": authors})


KIND = Kind(judge, ("role", "from"), {"missing": ("count",)})
