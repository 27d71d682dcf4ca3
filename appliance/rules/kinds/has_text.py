"""Does a document hold text that the box can read?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from appliance.model import LessonFacts
from appliance.rules.edition import Edition, Rule
from appliance.rules.looking import called, measured
from appliance.rules.remark import Kind, Remark

_MEASURED = {"empty": "没有文字", "pictures": "只有图片", "scan": "几乎没有文字", "locked": "有密码"}


def judge(rule: Rule, facts: LessonFacts, edition: Edition) -> Iterator[Remark]:
    for material, media in measured(rule, facts, "docx", "pdf", "ole", "xlsx"):
        if case := _case(media, rule.limits["scan_chars_per_page"]):
            yield Remark(case, material.name, _MEASURED[case], "有文字的文档", {"file": called(material)})


def _case(media: Mapping[str, Any], scan: int) -> str:
    if media.get("encrypted"):
        return "locked"
    characters = media.get("text_chars") or 0
    if media["kind"] == "pdf":
        # Programs for scanning write their own name on every page.
        scanned = media.get("images", 0) and characters < scan * media.get("pages", 1)
        return "scan" if scanned or not characters else ""
    if characters:
        return ""
    return "pictures" if media.get("images") else "empty"


KIND = Kind(judge, ("scan_chars_per_page",), {case: ("file",) for case in _MEASURED})
