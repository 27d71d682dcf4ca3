"""Samples for what a lesson brings as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from appliance.model import Material, Phase
from tests.rules.samples import DOCX, PDF, PNG, VIDEO_ROLE, Sample, complete, known_as, plus, video, without

EXTRA = video(720.0)


def samples() -> Iterator[Sample]:
    yield from _identified()
    for category in ("subject", "special", "experiment"):
        yield from _presence(category)
        yield from _periods(category)
    yield from _counts()
    yield from _experiment()


def _identified() -> Iterator[Sample]:
    good = complete()
    yield Sample("identified", (), good, "all is known")
    yield Sample("identified", ("unknown",), known_as(good, stage=""), "no stage")
    yield Sample("identified", ("unknown",), known_as(good, title="", category="sport"), "no title, no such category")
    yield Sample("identified", ("no_role",), plus(good, Material("", 1, "新建文档.docx", "x", 9)), "a nameless file")


def _presence(category: str) -> Iterator[Sample]:
    rule = "materials-present-experiment" if category == "experiment" else "materials-present"
    good = complete(category)
    role = VIDEO_ROLE[category]
    design = replace(without(good, role), phase=Phase.DESIGN)
    yield Sample(rule, (), good, f"{category}: all there")
    yield Sample(rule, (), design, f"{category}: a design needs no video")
    yield Sample(rule, ("missing",), without(good, role), f"{category}: no video")
    yield Sample(rule, ("missing",), without(good, "slides"), f"{category}: no slides")
    yield Sample(rule, ("advised",), without(design, "slides"), f"{category}: a design without slides yet")
    yield Sample(rule, ("several",), plus(good, Material(role, 1, "b.mp4", "b", 9, EXTRA)), f"{category}: two videos")
    optional = without(good, "exercises")
    yield Sample(rule, () if category != "subject" else ("missing",), optional, f"{category}: no exercises")


def _periods(category: str) -> Iterator[Sample]:
    rule = "materials-per-period-experiment" if category == "experiment" else "materials-per-period"
    good = complete(category)
    second = tuple(replace(one, period=2, sha256=one.sha256 + "2") for one in good.materials)
    two = plus(known_as(good, periods=2), *second)
    role = VIDEO_ROLE[category]
    late = replace(two, materials=tuple(one for one in two.materials if (one.role, one.period) != ("slides", 2)))
    design = replace(without(late, role), phase=Phase.DESIGN)
    yield Sample(rule, (), good, f"{category}: one period")
    yield Sample(rule, (), two, f"{category}: two full periods")
    yield Sample(rule, ("missing",), late, f"{category}: second period without slides")
    yield Sample(rule, ("advised",), design, f"{category}: second design without slides")
    yield Sample(
        rule,
        ("several",),
        plus(two, Material(role, 2, "b.mp4", "b", 9, EXTRA)),
        f"{category}: two videos in 2",
    )


def _counts() -> Iterator[Sample]:
    good = complete()
    yield Sample("periods", (), known_as(good, periods=3), "three periods")
    yield Sample("periods", ("over",), known_as(good, periods=4), "four periods")
    yield Sample("periods", ("unknown",), known_as(without_files(good), periods=0), "periods not said")
    lesson = complete("experiment")
    yield Sample("authors", (), known_as(lesson, authors=tuple("甲乙丙丁戊")), "five authors")
    yield Sample("authors", ("over",), known_as(lesson, authors=tuple("甲乙丙丁戊己")), "six authors")
    yield Sample("authors", ("unknown",), known_as(lesson, authors=()), "authors not said")


def without_files(facts):  # type: ignore[no-untyped-def]
    return replace(facts, materials=())


def _experiment() -> Iterator[Sample]:
    lesson = complete("experiment")
    pair = known_as(lesson, authors=("教师甲", "教师乙"))
    yield Sample("author-evidence", (), lesson, "one author needs no evidence")
    yield Sample(
        "author-evidence",
        (),
        plus(pair, Material("evidence", 1, "佐证.pdf", "e", 9, PDF)),
        "two with evidence",
    )
    yield Sample("author-evidence", ("missing",), pair, "two without evidence")
    bare = without(lesson, "pupil_work")
    scans = [Material("pupil_work", 1, f"{n}.png", f"s{n}", 9, PNG) for n in range(3)]
    yield Sample("pupil-work", (), lesson, "three scans")
    yield Sample("pupil-work", ("under",), plus(bare, *scans[:2]), "two scans")
    yield Sample("pupil-work", ("under",), plus(bare, scans[0], scans[0], scans[0]), "the same scan three times")
    word = Material("pupil_work", 1, "导学案.docx", "w", 9, DOCX)
    yield Sample("pupil-work", ("wrong_kind",), plus(bare, *scans, word), "a document among the scans")
    yield Sample("pupil-work", ("look",), plus(bare, Material("pupil_work", 1, "全部.pdf", "p", 9, PDF)), "one PDF")
    yield Sample("experiment-type", (), lesson, "outside of a station nobody writes down")
    for cases, written, id in (
        ((), {"experiment_type": "跨学科实验"}, "written down"), (("missing",), {}, "nobody wrote it down"),
        (("unknown",), {"experiment_type": "未知"}, "written down as not known"),
    ):  # fmt: skip
        yield Sample("experiment-type", cases, replace(lesson, records=written), id)
    yield Sample("subject-of-stage", (), lesson, "mathematics in primary school")
    yield Sample("subject-of-stage", ("wrong",), known_as(lesson, subject="物理"), "physics in primary school")
    yield Sample("subject-of-stage", (), known_as(lesson, stage="junior", subject="物理"), "physics in junior school")
    yield Sample("subject-of-stage", ("wrong",), known_as(lesson, stage="senior", subject="科学"), "science in senior")
    yield Sample("subject-of-stage", ("unknown",), known_as(lesson, subject=""), "no subject")
