"""For each row of the edition: facts that it lets pass, and facts for every case in which it speaks."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from appliance.model import Identity, LessonFacts, Material, Phase

DOCX = {"kind": "docx", "type": "docx", "text_chars": 900, "images": 0, "cut": False}
PPTX = {"kind": "pptx", "type": "pptx", "slides": 12}
PNG = {"kind": "image", "type": "png"}
PDF = {"kind": "pdf", "type": "pdf"}
OLE = {**DOCX, "kind": "ole", "type": "doc", "encrypted": False}
OLD_DECK = {"kind": "ole", "type": "ppt", "encrypted": False, "slides": 9}
XLSX = {"kind": "xlsx", "type": "xlsx", "text_chars": 300, "cut": False}
XLS = {**XLSX, "kind": "ole", "type": "xls", "encrypted": False}
LOCKED = {"kind": "ole", "type": "ole", "encrypted": True}
NOWHERE: dict[str, Any] = {"count": 0, "at": []}
MKV = {"kind": "video", "type": "mkv"}

SECTIONS = {
    ("subject", "plan"): ("教学目标", "教学内容", "教学过程"),
    ("subject", "task_sheet"): ("学习目标", "学习任务", "学习准备", "学习方式和环节", "配套学习资源推荐"),
    ("special", "plan"): ("教学目标", "学情分析", "教学内容", "教学过程"),
    ("special", "task_sheet"): ("学习目标", "学习任务", "学习方式和环节", "配套学习资源推荐"),
    ("experiment", "experiment_plan"): (
        "素养目标", "实验资源", "实验设计与创新点", "实验教学过程", "教学反思", "实践作业",
    ),
}  # fmt: skip
ROLES = {
    "subject": ("video", "plan", "task_sheet", "slides", "exercises"),
    "special": ("video", "plan", "task_sheet", "slides"),
    "experiment": ("experiment_video", "experiment_plan", "guide", "slides"),
}
VIDEO_ROLE = {"subject": "video", "special": "video", "experiment": "experiment_video"}
LENGTH = {"primary": 720.0, "junior": 1050.0, "senior": 1050.0}


@dataclass(frozen=True)
class Sample:
    """`cases` is what the rule says of the facts; empty: it lets them pass."""

    rule: str
    cases: tuple[str, ...]
    facts: LessonFacts
    id: str


def scan(*pupils: int, marks: int = 200) -> dict[str, Any]:
    """An image of one page a pupil: a printed form, and below it what this pupil wrote (nobody: 0)."""
    pages = []
    for pupil in pupils:
        rows = ["1100" * 64 if row < 120 else "0" * 256 for row in range(360)]
        if pupil:
            rows[150 + 30 * pupil : 160 + 30 * pupil] = ["1" * 256] * 10
        bits = int("".join(rows), 2).to_bytes(256 * 360 // 8, "big")
        pages.append({"ink": 0.04, "marks": marks, "bits": base64.b64encode(zlib.compress(bits)).decode()})
    sheets = [[{"label": "姓名", "ink": 0.0}] for _ in pupils]
    return {**PNG, "writing": {"pages": pages, "cut": False}, "names": {"sheets": sheets, "cut": False}}


def frames(seconds: float) -> dict[str, Any]:
    """What a look at the key frames of a sound film tells."""
    return {
        "seen": 104, "until_s": seconds, "widest_s": 7.8, "whole": False, "black": [], "still": [[5.0, 42.0]],
        "light": {"median": 210.0, "lightest": 247.0, "dark_share": 0.01, "glaring_share": 0.0, "uneven": 0.3},
        "sharp": {"looked": 40, "edges": 760.0, "blur": 0.17}, "steady": {"pairs": 90, "moved": 0, "shake": 0.0},
        "faces": {"looked": 40, "seen": 31, "at": [6.0], "light": 160, "sides": 0.12}, "codes": [], "prints": [],
    }  # fmt: skip


def video(seconds: float, **changes: Any) -> dict[str, Any]:
    """`video__fps=…` would reach inside: a double underscore goes one level down."""
    media: dict[str, Any] = {
        "kind": "video", "type": "mp4", "whole": {"ok": True, "says": ""}, "duration_s": seconds,
        "video": {"codec": "AVC", "width": 1920, "height": 1080, "sar": 1.0, "rotation": 0.0, "bit_rate": 7_900_000,
                  "intervals": {"count": 18000, "mean_fps": 25.0, "histogram": [[40.0, 18000]]}},
        "audio": {"codec": "AAC", "bit_rate": 124_000, "channels": 2},
        "opening": {"still_s": 5.0, "seconds": 9.0},
        "nal": {"samples": 18000, "damaged": NOWHERE, "doubtful": NOWHERE, "sound": NOWHERE},
        "sound": {"loudness": -22.2, "peak": -4.6, "clipped_per_min": 0.0, "floor": -51.4, "silent_share": 0.02,
                  "longest_silence_s": 3.0, "heard_s": seconds, "silences": []},
        "frames": frames(seconds),
    }  # fmt: skip
    for path, value in changes.items():
        *above, last = path.split("__")
        inside = media
        for name in above:
            inside = inside[name]
        inside[last] = value
    return media


def headings(*names: str, shape: str = "style") -> dict[str, Any]:
    return {**DOCX, "headings": [{"text": name, "shape": shape} for name in names]}


def parts(*rows: tuple[str, int]) -> dict[str, Any]:
    """(heading, characters below it) in order, as the probe measures a document."""
    at, found = 0, []
    for name, below in rows:
        found.append({"text": name, "shape": "style", "at": at})
        at += len(name) + below
    return {**DOCX, "headings": found, "text_chars": at, "extent": at}


def complete(category: str = "subject", stage: str = "primary") -> LessonFacts:
    """A lesson that the notice has nothing against."""
    identity = Identity(
        title="分数的初步认识", category=category, stage=stage, subject="数学", grade="三年级", volume="上册",
        textbook="人教版", teacher="教师甲", school="示例第一小学", authors=("教师甲",),
    )  # fmt: skip
    materials = tuple(_good(category, stage, role) for role in ROLES[category])
    if category == "experiment":
        materials += tuple(Material("pupil_work", 1, f"导学案{n}.png", f"scan{n}", 9000, scan(n)) for n in (1, 2, 3))
    return LessonFacts(identity, Phase.PRODUCTION, materials)


def _good(category: str, stage: str, role: str) -> Material:
    if role in ("video", "experiment_video"):
        seconds = 2400.0 if category == "experiment" else LENGTH[stage]
        rate = 7_900_000 if seconds < 1000 else 7_000_000
        return Material(role, 1, "微课.mp4", role, 700_000_000, video(seconds, video__bit_rate=rate))
    if role == "slides":
        return Material(role, 1, "课件.pptx", role, 90_000, PPTX)
    return Material(role, 1, f"{role}.docx", role, 40_000, headings(*SECTIONS.get((category, role), ("正文",))))


def with_media(facts: LessonFacts, role: str, media: Mapping[str, Any], **material: Any) -> LessonFacts:
    changed = (replace(one, media=media, **material) if one.role == role else one for one in facts.materials)
    return replace(facts, materials=tuple(changed))


def without(facts: LessonFacts, role: str) -> LessonFacts:
    return replace(facts, materials=tuple(one for one in facts.materials if one.role != role))


def plus(facts: LessonFacts, *materials: Material) -> LessonFacts:
    return replace(facts, materials=(*facts.materials, *materials))


def known_as(facts: LessonFacts, **identity: Any) -> LessonFacts:
    return replace(facts, identity=replace(facts.identity, **identity))


def samples() -> Iterator[Sample]:
    from tests.rules import (
        samples_alike,
        samples_card,
        samples_files,
        samples_frames,
        samples_inside,
        samples_lesson,
        samples_scans,
        samples_video,
    )

    for module in (
        samples_lesson,
        samples_scans,
        samples_video,
        samples_card,
        samples_files,
        samples_frames,
        samples_inside,
        samples_alike,
    ):
        yield from module.samples()
