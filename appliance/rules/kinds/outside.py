"""A document or deck that calls for what does not lie in it: a template on a network, linked pictures and objects.

Whoever opens it elsewhere sees gaps, and a template or an object from far away may bring a program along.
"""

from __future__ import annotations

from collections.abc import Iterator

from appliance.model import LessonFacts
from appliance.rules.edition import Edition, Rule
from appliance.rules.looking import called, measured
from appliance.rules.remark import Kind, Remark

_CASES = {"template": ("template",), "picture": ("picture",), "object": ("object", "sheet")}
_SHOWN = 3


def judge(rule: Rule, facts: LessonFacts, edition: Edition) -> Iterator[Remark]:
    for material, media in measured(rule, facts, "docx", "pptx", "xlsx", "ole"):
        for case, whats in _CASES.items():
            found = [one for one in media.get("outside", ()) if one["what"] in whats]
            if found:
                names = [f"“{name}”" for name in dict.fromkeys(str(one["target"]) for one in found) if name]
                rest = f"等 {len(found)} 处" if len(found) > min(len(names), _SHOWN) else ""
                fields = {"file": called(material), "targets": "、".join(names[:_SHOWN]) + rest}
                yield Remark(case, material.name, f"{len(found)} 处", "都在文件里", fields)


KIND = Kind(judge, (), {case: ("file", "targets") for case in _CASES})
