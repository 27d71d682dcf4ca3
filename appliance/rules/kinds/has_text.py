"""Does a document hold text that the box can read?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from appliance.model import LessonFacts
from appliance.rules.edition import Edition, Rule
from appliance.rules.looking import called, measured
from appliance.rules.remark import Kind, Remark

_MEASURED = {"empty": "没有文字", "pictures": "只有图片", "scan": "没有文字", "old": "旧格式", "locked": "有密码"}


def judge(rule: Rule, facts: LessonFacts, edition: Edition) -> Iterator[Remark]:
    for material, media in measured(rule, facts, "docx", "pdf", "ole"):
        if case := _case(media):
            yield Remark(case, material.name, _MEASURED[case], "有文字的文档", {"file": called(material)})


def _case(media: Mapping[str, Any]) -> str:
    if media.get("encrypted"):
        return "locked"
    if media["kind"] == "ole":
        return "old"
    if media.get("text_chars"):
        return ""
    if media["kind"] == "pdf":
        return "scan"
    return "pictures" if media.get("pictures") else "empty"


KIND = Kind(judge, (), {case: ("file",) for case in _MEASURED})
