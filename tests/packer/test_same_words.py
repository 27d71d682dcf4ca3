"""The packer says what the box says, word for word, and reads names as the box does."""

from __future__ import annotations

from pathlib import Path

import axe_playwright_python
import pytest

from appliance import packer
from appliance.intake.identify import identify
from appliance.model import Identity, LessonFacts, Material, Phase
from appliance.rules import engine
from appliance.rules.load import load

pytestmark = pytest.mark.browser
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()


def facts(category: str, stage: str, phase: Phase, periods: int, authors: int, rows: list[tuple]) -> LessonFacts:
    kinds = {"mp4": "video", "docx": "docx", "pptx": "pptx", "jpg": "image", "pdf": "pdf", "xlsx": "xlsx"}
    materials = []
    for number, (name, role, period, size, video) in enumerate(rows):
        ending = name.rpartition(".")[2]
        media = {"kind": kinds[ending], "type": ending, "whole": {"ok": True}}
        if video:
            media |= {"duration_s": video[0], "video": {"width": video[1], "height": video[2]}}
        materials.append(Material(role, period, name, f"{number:064x}", size, media))
    people = tuple(f"教师{number}" for number in range(authors))
    identity = Identity(title="课", category=category, stage=stage, subject="数学", periods=periods, authors=people)
    return LessonFacts(identity, phase, tuple(materials))


GIB = 1 << 30
CASES = {
    "nothing": facts("subject", "primary", Phase.PRODUCTION, 1, 0, []),
    "unknown": facts("", "", Phase.DESIGN, 1, 0, [("a.docx", "", 1, 5, None)]),
    "design": facts("subject", "junior", Phase.DESIGN, 1, 0, [("a.docx", "plan", 1, 5, None)]),
    "periods": facts("special", "senior", Phase.PRODUCTION, 4, 0, [
        ("a.docx", "plan", 1, 5, None), ("b.docx", "plan", 3, 5, None), ("v.mp4", "video", 2, 5, (915, 1920, 1080)),
        ("w.mp4", "video", 2, 5, (1229.6, 1920, 1080))]),
    "big": facts("subject", "primary", Phase.PRODUCTION, 1, 0, [
        ("v.mp4", "video", 1, GIB + 1, (615.4, 1440, 1080)), ("w.mp4", "video", 1, 1_000_000_001, (931, 1080, 1920))]),
    "short": facts("subject", "primary", Phase.PRODUCTION, 1, 0, [("v.mp4", "video", 1, 9, (59, 1920, 1080))]),
    "types": facts("subject", "primary", Phase.PRODUCTION, 1, 0, [
        ("a.pptx", "plan", 1, 5, None), ("b.docx", "slides", 1, 5, None), ("c.docx", "video", 1, 5, None)]),
    "experiment": facts("experiment", "primary", Phase.PRODUCTION, 1, 6, [
        ("v.mp4", "experiment_video", 1, 3 * GIB + 1, (1800, 1920, 1080)), ("s.jpg", "pupil_work", 1, 5, None),
        ("t.xlsx", "pupil_work", 1, 5, None)]),
    "scans": facts("experiment", "senior", Phase.PRODUCTION, 1, 0, [
        ("s.jpg", "pupil_work", 1, 5, None), ("t.pdf", "pupil_work", 1, 5, None)]),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_the_packer_says_word_for_word_what_the_box_says(opened, name: str) -> None:
    case, edition = CASES[name], load("2024")
    ours = {rule.id for rule in edition.rules if rule.kind in packer.KINDS}
    box = [
        [one.rule, one.clause, str(one.severity), str(one.outcome), one.material, one.says, one.fix]
        for one in engine.check(case, edition)
        if one.rule in ours and one.outcome != "undetermined"
    ]
    identity = case.identity
    lesson = {key: getattr(identity, key) for key in ("title", "category", "stage", "subject", "periods")}
    files = [
        {"name": m.name, "role": m.role, "period": m.period, "size": m.size, "sha256": m.sha256,
         "video": {"duration": m.media["duration_s"], **m.media["video"]} if "video" in m.media else None}
        for m in case.materials
    ]  # fmt: skip
    given = {"phase": str(case.phase), "lesson": {**lesson, "authors": list(identity.authors)}, "files": files}
    school = opened.evaluate("(facts) => checked(facts, EDITION)", given)
    keys = ("rule", "clause", "severity", "outcome", "material", "says", "fix")
    assert [[one[key] for key in keys] for one in school] == box


NAMES = [
    "示例第一小学/三年级数学《分数的初步认识》教师甲/教学设计.docx",
    "示例中学/八年级下册数学人教版《一次函数》教师辰/微课视频.mp4",
    "示例培智学校/三年级生活数学《认识人民币》教师卯/课件.pptx",
    "示例实验小学/五年级科学《摆的快慢》教师子/实验教学设计.docx",
    "示例第一小学/三年级数学《两位数乘两位数》教师乙/第2课时/学习任务单.docx",
]


@pytest.mark.parametrize("name", NAMES)
def test_names_are_read_as_the_box_reads_them(opened, name: str) -> None:
    (guess,) = identify([(name, "0" * 64, 1)], load("2024"))
    _, folder, path = name.split("/", 2)
    fields = ("title", "teacher", "stage", "subject", "grade", "textbook", "volume")
    read = opened.evaluate("([folder, path]) => EDITION.names.lessonOf(folder, [path])", [folder, path])
    assert {key: read[key] for key in fields} == {key: getattr(guess.identity, key) for key in fields}
    role, period = opened.evaluate("(p) => [EDITION.names.roleOf(p, 'subject'), EDITION.names.periodOf(p)]", path)
    (material,) = guess.materials
    assert (role, period) == (material.role, material.period)
