"""Documents, decks and scans: the layouts that teachers use, what they forget, and what copying does to them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from pathlib import Path

import segno
from pptx import Presentation

from tests.quality.labelled import ADVISE, PERSON, RETURN, Labelled
from tests.samples import pictures, strips, texts
from tests.samples.documents import LAYOUTS, slides
from tests.samples.maps import map_picture, table_picture
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
    yield from _decks()
    yield from _scans()


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
    yield paper("a deck named docx", _deck, {"file_type": RETURN}, quick=True)
    yield paper("a picture named docx", _picture, {"file_type": RETURN})
    yield paper("a text file named docx", lambda path: path.write_text("教学目标\n" * 99) and None, {"looked": PERSON})
    for share in (0.2, 0.9, 0.999):
        yield paper(f"docx cut at {share:.1%}", _harmed(good, harms.cut(share)), {"whole": RETURN}, quick=share == 0.9)
    yield paper("docx of zero bytes", lambda path: path.write_bytes(b"") and None, {"whole": RETURN})
    yield paper("docx of zeros", lambda path: path.write_bytes(bytes(40_000)) and None, {"whole": RETURN})
    yield paper("docx with 1000 bytes of zeros", _harmed(good, harms.zero(0.9, 1000)), {"whole": RETURN})
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


def _poster_deck(path: Path) -> None:
    """One slide of text, one with a picture of a code."""
    papers.deck("分数的初步认识")(path)
    code = BytesIO()
    segno.make("https://ads.example.com/join").save(code, kind="png", scale=8)
    made = Presentation(str(path))
    made.slides.add_slide(made.slide_layouts[6]).shapes.add_picture(code, 0, 0)
    made.save(str(path))


def _decks() -> Iterator[Labelled]:
    def deck(
        id: str, make: Make, says: Mapping[str, str] | None = None, category: str = "subject", name: str = "课件.pptx"
    ) -> Labelled:
        return paper(id, make, says, "slides", name, category=category)

    yield deck("deck", _deck)
    yield deck("deck of no slide", papers.deck(), {"slides": RETURN})
    yield deck("deck cut at half", _harmed(_deck, harms.cut(0.5)), {"whole": RETURN})
    yield deck("deck with a linked film", papers.deck("看一看", linked=True), {"slides_apart": ADVISE})
    yield deck("deck with a map", papers.deck("看地图，说一说"), {"slides_maps": PERSON})
    yield deck("deck with a map and its source", papers.deck("看地图", "地图出自 地理（人教版，七年级上册，第 12 页）"))
    yield deck("deck with a picture of a map", papers.deck_of(map_picture()), {"map_pictures": PERSON})
    yield deck("deck with a picture of a table of towns", papers.deck_of(table_picture()))
    yield deck("deck with a telephone number", papers.deck("联系 13800000000"), {"advertising": PERSON})
    yield deck("deck with a QR code in a picture", _poster_deck, {"paper_codes": PERSON})
    yield deck("experiment deck in 12 pt", papers.deck("摆的快慢", size=12), {"slides_type": ADVISE}, "experiment")
    yield deck("experiment deck in 28 pt", papers.deck("摆的快慢", size=28), {}, "experiment")
    yield deck("deck with an AVI inside", papers.deck_with_film, {"slides_films": ADVISE})
    yield deck("deck as PDF", papers.pdf_of(texts.plan(WORDS)), {"slides": PERSON}, name="课件.pdf")
    yield deck("an old deck", papers.old_deck, name="课件.ppt")
    yield deck("a docx named pptx", laid("headings", texts.plan(WORDS)), {"file_type": RETURN})
    yield deck("a film as deck", papers.film, {"file_type": RETURN})


def _scans() -> Iterator[Labelled]:
    for count, says in ((3, {}), (5, {}), (2, {"scans": RETURN}), (1, {"scans": RETURN})):
        pages = [(f"导学案{n}.jpg", _page(n)) for n in range(count)]
        yield _scanned(f"{count} scans", pages, says)
    named = [(f"导学案{n}.jpg", _page(n, covered=n != 1)) for n in range(3)]
    yield _scanned("three scans, a name on one", named, {"names": PERSON})
    same = [(f"导学案{n}.jpg", _page(0)) for n in range(3)]
    yield _scanned("one page three times", same, {"sheets": PERSON})
    yield _scanned(
        "three pages, one a docx",
        [("1.jpg", _page(0)), ("2.jpg", _page(1)), ("3.docx", laid("headings", texts.guide(EXPERIMENT)))],
        {"scans": RETURN},
    )
    yield _scanned("one PDF", [("导学案.pdf", papers.pdf_of([]))], {"scans": PERSON})
    yield _scanned(
        "a scan cut off",
        [("1.jpg", _harmed(_page(0), harms.cut(0.5))), ("2.jpg", _page(1)), ("3.jpg", _page(2))],
        {"whole": RETURN},
    )


def _scanned(id: str, pages: list[tuple[str, Make]], says: Mapping[str, str]) -> Labelled:
    (name, make), *also = pages
    return Labelled(
        id, make, says, name, "pupil_work", "experiment", also=tuple(also), judged=("scans", "sheets", "names")
    )


def _page(number: int, covered: bool = True) -> Make:
    draw = strips.covered_page if covered else pictures.pupil_page
    return lambda path: draw("摆的快慢", number, path)


def _picture(path: Path) -> None:
    png = path.with_suffix(".png")
    pictures.pupil_page("摆", 1, png)
    png.rename(path)


def _deck(path: Path) -> None:
    slides("分数的初步认识", texts.plan(WORDS), path)


def _harmed(make: Make, harm: harms.Harm) -> Make:
    def made(path: Path) -> None:
        make(path)
        harm(path)

    return made
