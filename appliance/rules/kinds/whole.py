"""A file that was cut off or damaged, as its structure shows."""

from __future__ import annotations

from collections.abc import Iterator

from appliance.model import LessonFacts
from appliance.rules.edition import Edition, Rule
from appliance.rules.looking import called, concerned, is_whole
from appliance.rules.remark import Kind, Remark


def judge(rule: Rule, facts: LessonFacts, edition: Edition) -> Iterator[Remark]:
    for material in concerned(rule, facts):
        if material.media and not is_whole(material):
            why = str(material.media["whole"].get("says") or "结构不完整")
            yield Remark("broken", material.name, why, "完整", {"file": called(material), "why": why})


KIND = Kind(judge, (), {"broken": ("file", "why")})
