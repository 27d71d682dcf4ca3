"""Does a slide deck open, and has it slides?"""

from __future__ import annotations

from collections.abc import Iterator

from appliance.model import LessonFacts
from appliance.rules.edition import Edition, Rule
from appliance.rules.looking import called, measured
from appliance.rules.remark import Kind, Remark


def judge(rule: Rule, facts: LessonFacts, edition: Edition) -> Iterator[Remark]:
    for material, media in measured(rule, facts, "pptx", "ole", "pdf"):
        kind = str(media.get("type") or media["kind"]).upper()
        fields = {"file": called(material), "type": kind}
        if media.get("encrypted"):
            yield Remark("locked", material.name, "有密码", "能打开", fields)
        elif media.get("slides") is None:
            yield Remark("look", material.name, kind, "PPTX", fields)
        elif not media.get("slides"):
            yield Remark("empty", material.name, "0 页", "至少 1 页", fields)


KIND = Kind(judge, (), {"locked": ("file",), "look": ("file", "type"), "empty": ("file",)})
