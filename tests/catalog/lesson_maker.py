"""Lessons in a catalog without their way there: for tests of what comes after intake."""

from __future__ import annotations

import hashlib

from sqlite_utils import Database

from appliance.model import Finding, Identity, LessonGuess, Material, Outcome, Severity


def material(db: Database, role: str, text: str, name: str = "", period: int = 1) -> Material:
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    db["blob"].insert({"sha256": sha256, "size": len(text), "stored_at": "", "verified_at": ""}, ignore=True)
    return Material(role, period, name or f"{role}.docx", sha256, len(text))


def guess(*materials: Material, title: str = "分数的初步认识", teacher: str = "教师甲") -> LessonGuess:
    identity = Identity(
        title=title, category="subject", stage="primary", subject="数学", grade="三年级", textbook="人教版",
        teacher=teacher, school="示例第一小学",
    )  # fmt: skip
    return LessonGuess(identity, materials)


def finding(severity: str = "error", outcome: str = "fail", rule: str = "fps", material: str = "") -> Finding:
    return Finding(rule, "V5", Severity(severity), Outcome(outcome), material, "30", "25", "帧率不对", "改成 25")
