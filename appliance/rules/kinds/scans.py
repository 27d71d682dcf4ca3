"""Enough scans of what pupils completed, as images or PDF. One PDF may hold several: then a person counts."""

from __future__ import annotations

from collections.abc import Iterator

from appliance.model import LessonFacts
from appliance.rules.edition import Edition, Rule
from appliance.rules.looking import called, readable
from appliance.rules.remark import Kind, Remark


def judge(rule: Rule, facts: LessonFacts, edition: Edition) -> Iterator[Remark]:
    least, kinds = rule.limits["least"], rule.limits["kinds"]
    scans = [material for material in facts.materials if material.role == rule.limits["role"]]
    wrong = [scan for scan in scans if readable(scan) and scan.media.get("kind") not in kinds]
    for scan in wrong:
        kind = str(scan.media.get("type", "")).upper()
        yield Remark("wrong_kind", scan.name, kind, "图片或 PDF", {"file": called(scan)})
    count = len({scan.sha256 for scan in scans if scan not in wrong})
    if count >= least:
        return
    case = "look" if any(scan.media.get("kind") == "pdf" for scan in scans) else "under"
    fields = {"count": count, "least": least, "short": least - count}
    yield Remark(case, "", f"{count} 份", f"至少 {least} 份", fields)


KIND = Kind(
    judge, ("role", "least", "kinds"),
    {"under": ("count", "least", "short"), "look": ("count", "least", "short"), "wrong_kind": ("file",)},
)  # fmt: skip
