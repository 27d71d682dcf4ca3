"""What the probes could not look into is undetermined, never a pass. Told once for each file."""

from __future__ import annotations

from collections.abc import Iterator

from appliance.model import LessonFacts
from appliance.rules.edition import Edition, Rule
from appliance.rules.looking import called, concerned, is_whole, readable
from appliance.rules.remark import Kind, Remark


def judge(rule: Rule, facts: LessonFacts, edition: Edition) -> Iterator[Remark]:
    for material in concerned(rule, facts):
        if is_whole(material) and not readable(material):
            why = str(material.media.get("undetermined") or "还没有检查")
            case = str(material.media.get("cause", ""))
            fields = {"file": called(material), "why": why}
            yield Remark(case if case in KIND.cases else "blind", material.name, "没有测到", "能够检查", fields)


KIND = Kind(judge, (), {case: ("file", "why") for case in ("blind", "declared", "large")})
