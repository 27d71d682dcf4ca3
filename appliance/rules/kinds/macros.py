"""A document that carries a program of its own. The box never runs it; the next reader's Word might."""

from __future__ import annotations

from collections.abc import Iterator

from appliance.model import LessonFacts
from appliance.rules.edition import Edition, Rule
from appliance.rules.looking import called, measured
from appliance.rules.remark import Kind, Remark


def judge(rule: Rule, facts: LessonFacts, edition: Edition) -> Iterator[Remark]:
    for material, media in measured(rule, facts, "docx", "pptx", "xlsx", "ole"):
        if media.get("macros"):
            yield Remark("there", material.name, "有宏", "没有宏", {"file": called(material)})


KIND = Kind(judge, (), {"there": ("file",)})
