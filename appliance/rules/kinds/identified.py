"""Is it known what lesson this is, and what each file is?"""

from __future__ import annotations

from collections.abc import Iterator

from appliance.model import LessonFacts
from appliance.rules.edition import Edition, Rule
from appliance.rules.looking import called
from appliance.rules.remark import Kind, Remark

_NEEDED = (("title", "课名"), ("category", "类别"), ("stage", "学段"))


def judge(rule: Rule, facts: LessonFacts, edition: Edition) -> Iterator[Remark]:
    known = {"category": edition.categories, "stage": edition.stages}
    missing = [name for key, name in _NEEDED if not _given(getattr(facts.identity, key), known.get(key))]
    if missing:
        names = "、".join(missing)
        yield Remark("unknown", "", "没有写明", names, {"missing": names})
    for material in facts.materials:
        if material.role not in edition.roles:
            yield Remark("no_role", material.name, "没有写明", "材料类别", {"file": called(material)})


def _given(value: str, known: object) -> bool:
    return bool(value) and (known is None or value in known)  # type: ignore[operator]


KIND = Kind(judge, (), {"unknown": ("missing",), "no_role": ("file",)})
