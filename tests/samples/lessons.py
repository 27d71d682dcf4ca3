"""Writers of the usual sets of files: micro-lesson, period, experiment, design only."""

from __future__ import annotations

from pathlib import Path

from tests.samples import documents, strips, texts, video
from tests.samples.texts import Section
from tests.samples.words import Words

SHORT_CLASS = {"primary": 25, "junior": 38, "senior": 38}  # rounds of 24 s: 10:05 and 15:17
WHOLE_CLASS = 90  # 36:05
FULL = video.Picture(kbps=8000)


def cut_for(words: Words, size: str) -> video.Cut:
    """The video as the notice wants it. `size`: small (≈0.3 Mbps, for tests) or full (8 Mbps)."""
    picture = FULL if size == "full" else video.Picture()
    if words.category == "experiment":
        return video.Cut("pendulum", WHOLE_CLASS, words.card, picture)
    style = "fractions" if words.stage == "primary" else "functions"
    return video.Cut(style, SHORT_CLASS[words.stage], words.card, picture)


def papers(words: Words, folder: Path, *, layout: str = "table", sheet: list[Section] | None = None) -> None:
    """Everything of a micro-lesson but the video (A2); special education leaves 作业练习 out."""
    plan = texts.plan(words)
    documents.LAYOUTS[layout](f"《{words.title}》教学设计", plan, folder / "教学设计.docx")
    documents.numbered_lines(
        f"《{words.title}》学习任务单", sheet or texts.task_sheet(words), folder / "学习任务单.docx"
    )
    documents.slides(words.title, plan, folder / "课件.pptx")
    if words.category != "special":
        documents.heading_styles(f"《{words.title}》作业练习", texts.exercises(words), folder / "作业练习.docx")


def micro_lesson(
    words: Words, folder: Path, cut: video.Cut, *, layout: str = "table", sheet: list[Section] | None = None
) -> Path:
    """A full period in `folder`; returns the video's path."""
    folder.mkdir(parents=True, exist_ok=True)
    papers(words, folder, layout=layout, sheet=sheet)
    video.film(cut, folder / "微课视频.mp4")
    return folder / "微课视频.mp4"


def experiment(words: Words, folder: Path, cut: video.Cut) -> None:
    """E3, E4, E12: video, plan, guide, slides, three scans of pupils' work, evidence of each author's part."""
    folder.mkdir(parents=True, exist_ok=True)
    plan = texts.experiment_plan(words)
    documents.one_table(f"《{words.title}》实验教学设计", plan, folder / "实验教学设计.docx")
    documents.numbered_lines(f"《{words.title}》导学案", texts.guide(words), folder / "导学案.docx")
    documents.slides(words.title, plan, folder / "课件.pptx")
    documents.one_table("申报表", texts.form(words), folder / "申报表.docx")
    scans, proofs = folder / "学生导学案扫描", folder / "佐证材料"
    scans.mkdir()
    proofs.mkdir()
    for number, ending in enumerate(("png", "jpg", "jpg")):
        strips.covered_page(words.title, number, scans / f"学生导学案扫描{number + 1}.{ending}")
    documents.heading_styles("作者贡献说明", texts.evidence(words), proofs / "佐证材料.docx")
    video.film(cut, folder / "实验教学视频.mp4")
