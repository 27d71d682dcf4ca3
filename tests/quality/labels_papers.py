"""Documents: the layouts that teachers use, what they forget, and what copying does to them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from tests.quality.labelled import PERSON, RETURN, Labelled
from tests.samples import pictures, texts
from tests.samples.documents import LAYOUTS, slides
from tests.samples.materials import harms, papers
from tests.samples.materials.clips import EXPERIMENT, WORDS
from tests.samples.texts import Section
from tests.samples.words import Words

Make = Callable[[Path], None]
SPECIAL = Words("认识人民币", "教师甲", "示例培智学校", "special", subject="生活数学", textbook="人教版", special_kind="intellectual")  # fmt: skip


def labels() -> Iterator[Labelled]:
    yield from _layouts()
    yield from _formats()
    yield from _inside()


def paper(id: str, make: Make, says: Mapping[str, str] | None = None, role: str = "plan", name: str = "教学设计.docx",
          quick: bool = False, category: str = "subject") -> Labelled:  # fmt: skip
    return Labelled(id, make, says or {}, name, role, category, quick=quick)


def laid(layout: str, sections: list[Section], title: str = "分数的初步认识") -> Make:
    return lambda path: LAYOUTS[layout](title, sections, path)


def _layouts() -> Iterator[Labelled]:
    """Each layout complete, and each with one required section gone."""
    missing = {"sections": RETURN}
    plan, sheet = texts.plan(WORDS), texts.task_sheet(WORDS)
    gone = ("教学目标", "教学内容", "教学过程", "教学目标", "教学过程")
    for (layout, _), without in zip(LAYOUTS.items(), gone, strict=False):
        yield paper(f"plan, {layout}", laid(layout, plan), quick=layout == "table")
        less = texts.without(plan, without)
        yield paper(f"plan, {layout}, no {without}", laid(layout, less), missing, quick=layout == "headings")
    for layout, without in (
        ("table", "学习准备"),
        ("headings", "学习任务"),
        ("numbered", "配套学习资源推荐"),
        ("brackets", "学习方式和环节"),
    ):
        yield paper(f"sheet, {layout}", laid(layout, sheet), {}, "task_sheet", "学习任务单.docx")
        less = texts.without(sheet, without)
        yield paper(f"sheet, {layout}, no {without}", laid(layout, less), missing, "task_sheet", "学习任务单.docx")
    special = texts.plan(SPECIAL)
    yield paper("special plan", laid("headings", special), category="special")
    less = texts.without(special, "学情分析")
    yield paper("special plan, no 学情分析", laid("table", less), missing, category="special")
    yield paper(
        "special sheet",
        laid("table", texts.task_sheet(SPECIAL)),
        {},
        "task_sheet",
        "学习任务单.docx",
        category="special",
    )
    trial = texts.experiment_plan(EXPERIMENT)
    for layout in ("table", "numbered"):
        yield paper(
            f"experiment plan, {layout}",
            laid(layout, trial),
            {},
            "experiment_plan",
            "实验教学设计.docx",
            category="experiment",
        )
    less = texts.without(trial, "教学反思")
    yield paper(
        "experiment plan, no 教学反思",
        laid("headings", less),
        missing,
        "experiment_plan",
        "实验教学设计.docx",
        category="experiment",
    )
    yield paper("other words for the same", laid("numbered", papers.renamed(plan)))
    yield paper("one text without any heading", papers.prose, {"sections": PERSON})
    yield paper("a deleted section", papers.deleted_section, missing)
    yield paper(
        "the guide", laid("headings", texts.guide(EXPERIMENT)), {}, "guide", "导学案.docx", category="experiment"
    )
    yield paper("exercises", laid("numbered", texts.exercises(WORDS)), {}, "exercises", "作业练习.docx")


def _formats() -> Iterator[Labelled]:
    plan = texts.plan(WORDS)
    good = laid("headings", plan)
    yield paper("plan as PDF", papers.pdf_of(plan), name="教学设计.pdf")
    yield paper("a scanned PDF", papers.pdf_of([]), {"has_text": PERSON}, name="教学设计.pdf")
    yield paper("a PDF named docx", papers.pdf_of(plan), {"file_type": RETURN})
    yield paper("a docx named pdf", good, {"file_type": RETURN}, name="教学设计.pdf")
    yield paper("a deck named docx", plain_deck, {"file_type": RETURN}, quick=True)
    yield paper("a picture named docx", _picture, {"file_type": RETURN})
    yield paper("a text file named docx", lambda path: path.write_text("教学目标\n" * 99) and None, {"looked": PERSON})
    for share in (0.2, 0.9, 0.999):
        yield paper(f"docx cut at {share:.1%}", harmed(good, harms.cut(share)), {"whole": RETURN}, quick=share == 0.9)
    yield paper("docx of zero bytes", lambda path: path.write_bytes(b"") and None, {"whole": RETURN})
    yield paper("docx of zeros", lambda path: path.write_bytes(bytes(40_000)) and None, {"whole": RETURN})
    yield paper("docx with 1000 bytes of zeros", harmed(good, harms.zero(0.9, 1000)), {"whole": RETURN})
    yield paper("an empty docx", papers.empty, {"has_text": RETURN}, quick=True)
    yield paper("a docx of pictures", papers.only_pictures, {"has_text": PERSON})
    yield paper("locked by a password", papers.locked, {"has_text": RETURN})
    old, less = papers.old(plan), papers.old(texts.without(plan, "教学目标"))
    yield paper("an old doc", old, name="教学设计.doc")
    yield paper("an old doc, no 教学目标", less, {"sections": RETURN}, name="教学设计.doc")
    yield paper("a wps", old, name="教学设计.wps")
    yield paper("an old doc named docx", old, {"file_type": RETURN})


def _inside() -> Iterator[Labelled]:
    plan = texts.plan(WORDS)
    for id, line in (
        ("a telephone number", "咨询电话13800000000"),
        ("a web shop", "资料见 www.example.com/shop"),
        ("a call", "扫码关注公众号领资料"),
    ):
        more = [*plan[:-1], (plan[-1][0], (*plan[-1][1], line))]
        yield paper(f"plan with {id}", laid("headings", more), {"advertising": PERSON})
    quiet = [
        *plan[:-1],
        (plan[-1][0], (*plan[-1][1], "资源见 https://basic.smartedu.cn 的同步课堂，2024-11-08 前完成")),
    ]
    yield paper("plan naming the state's platform", laid("headings", quiet))
    yield paper(
        "plan with a macro", papers.with_macro(laid("headings", plan)), {"macros": PERSON}, name="教学设计.docm"
    )
    outside = papers.with_outside_template(laid("headings", plan))
    yield paper("plan with a template from the network", outside, {"outside": PERSON})
    yield paper("plan with a DTD", papers.with_dtd(laid("headings", plan)), {"looked": PERSON})


def _picture(path: Path) -> None:
    png = path.with_suffix(".png")
    pictures.pupil_page("摆", 1, png)
    png.rename(path)


def plain_deck(path: Path) -> None:
    slides("分数的初步认识", texts.plan(WORDS), path)


def harmed(make: Make, harm: harms.Harm) -> Make:
    def made(path: Path) -> None:
        make(path)
        harm(path)

    return made
