"""Samples for files: whole, readable, of the right type, with text and sections."""

from __future__ import annotations

from collections.abc import Iterator

from tests.rules.samples import (
    DOCX,
    LOCKED,
    MKV,
    OLD_DECK,
    OLE,
    PDF,
    PNG,
    PPTX,
    SECTIONS,
    VIDEO_ROLE,
    XLS,
    XLSX,
    Sample,
    complete,
    headings,
    parts,
    with_media,
)

BROKEN = {"whole": {"ok": False, "says": "视频不完整，收到 12.4 MB，应有约 24.8 MB"}}
BLIND = {"kind": "docx", "type": "docx", "undetermined": "检查用时太长，已经停下"}
_ROLE_OF = {
    "": ("subject", "plan"), "-video": ("subject", "video"), "-experiment-video": ("experiment", "experiment_video"),
    "-slides": ("subject", "slides"),
}  # fmt: skip


def samples() -> Iterator[Sample]:
    for suffix, (category, role) in _ROLE_OF.items():
        good = complete(category)
        yield Sample(f"whole{suffix}", (), good, "whole")
        yield Sample(f"whole{suffix}", ("broken",), with_media(good, role, BROKEN), "cut off")
        yield Sample(f"looked{suffix}", (), good, "looked into")
        yield Sample(f"looked{suffix}", (), with_media(good, role, BROKEN), "cut off: another rule says so")
        yield Sample(f"looked{suffix}", ("blind",), with_media(good, role, BLIND), "the child was killed")
        yield Sample(f"looked{suffix}", ("blind",), with_media(good, role, {}), "nobody looked")
        for cause in ("declared", "large"):
            yield Sample(f"looked{suffix}", (cause,), with_media(good, role, {**BLIND, "cause": cause}), cause)
        yield Sample(f"file-type{suffix}", (), good, "as it should be")
        yield Sample(f"file-type{suffix}", ("wrong_kind",), with_media(good, role, PNG), "an image")
    yield from _types()
    yield from _text()
    for (category, role), names in SECTIONS.items():
        yield from _sections(category, role, names)
    yield from _slides()


def _types() -> Iterator[Sample]:
    good = complete()
    yield Sample("file-type", ("mismatch",), with_media(good, "plan", OLE), "an old document named docx")
    yield Sample("file-type", (), with_media(good, "plan", LOCKED), "locked: another rule says so")
    yield Sample("file-type", (), with_media(good, "plan", OLE, name="教案.doc"), "an old document named doc")
    yield Sample("file-type", (), with_media(good, "plan", OLE, name="教案.wps"), "an old document named wps")
    yield Sample(
        "file-type", ("wrong_kind",), with_media(good, "plan", OLD_DECK, name="教案.ppt"), "an old deck as a plan"
    )
    yield Sample("file-type", ("wrong_kind",), with_media(good, "plan", XLSX, name="教案.xlsx"), "a workbook as a plan")
    yield Sample("file-type-exercises", (), good, "a document")
    yield Sample("file-type-exercises", (), with_media(good, "exercises", XLSX, name="练习.xlsx"), "a workbook")
    yield Sample("file-type-exercises", (), with_media(good, "exercises", XLS, name="练习.et"), "an old workbook")
    yield Sample("file-type-exercises", ("mismatch",), with_media(good, "exercises", XLS, name="练习.doc"), "named doc")
    yield Sample("file-type-exercises", ("wrong_kind",), with_media(good, "exercises", PNG), "a picture")
    yield Sample("file-type-slides", (), with_media(good, "slides", OLD_DECK, name="课件.dps"), "an old deck")
    yield Sample("file-type", (), with_media(good, "plan", PDF, name="教案.pdf"), "a PDF named pdf")
    yield Sample("file-type", (), with_media(good, "plan", DOCX, name="教案"), "no ending, right type")
    for category, rule in (("subject", "file-type-video"), ("experiment", "file-type-experiment-video")):
        lesson, role = complete(category), VIDEO_ROLE[category]
        yield Sample(rule, ("mismatch",), with_media(lesson, role, MKV), "MKV named mp4")
        yield Sample(rule, (), with_media(lesson, role, MKV, name="课.mkv"), "MKV named mkv")
    yield Sample("file-type-slides", ("mismatch",), with_media(good, "slides", OLD_DECK), "an old deck named pptx")
    yield Sample("file-type-slides", ("wrong_kind",), with_media(good, "slides", OLE), "an old document")


def _text() -> Iterator[Sample]:
    good = complete()
    for media in (OLE, XLSX, {**PDF, "pages": 4, "images": 4, "text_chars": 80}):
        yield Sample("has-text", (), with_media(good, "exercises", media), f"text in {media['type']}")
    for role in ("plan", "task_sheet", "exercises"):
        yield Sample("has-text", (), good, f"{role}: text")
        for case, media in (
            ("empty", {**DOCX, "text_chars": 0}), ("pictures", {**DOCX, "text_chars": 0, "images": 3}),
            ("scan", PDF), ("scan", {**PDF, "pages": 4, "images": 4, "text_chars": 60}), ("locked", LOCKED),
            ("empty", {**OLE, "text_chars": 0}), ("empty", {**XLS, "text_chars": 0}),
        ):  # fmt: skip
            yield Sample("has-text", (case,), with_media(good, role, media), f"{role}: {case}")


def _sections(category: str, role: str, names: tuple[str, ...]) -> Iterator[Sample]:
    rule = {
        ("subject", "plan"): "plan-sections", ("subject", "task_sheet"): "task-sheet-sections",
        ("special", "plan"): "special-plan-sections", ("special", "task_sheet"): "special-task-sheet-sections",
        ("experiment", "experiment_plan"): "experiment-plan-sections",
    }[category, role]  # fmt: skip
    good = complete(category)
    numbered = [f"（{'一二三四五六'[n]}） {' '.join(name)}：" for n, name in enumerate(names)]
    yield Sample(rule, (), good, "all sections")
    yield Sample(rule, (), with_media(good, role, headings(*numbered, shape="cell")), "numbered, spaced, in cells")
    for name in names:
        rest = [other for other in names if other != name]
        yield Sample(rule, ("missing",), with_media(good, role, headings(*rest)), f"without {name}")
        cut = {**headings(*rest), "cut": True}
        yield Sample(rule, ("cut",), with_media(good, role, cut), f"too long, without {name}")
    lines = {**headings(*names[1:], shape="short"), **PDF}
    yield Sample(rule, ("unsure",), with_media(good, role, lines, name="a.pdf"), "one not found in a PDF")
    found = {**headings(*names, shape="short"), **PDF}
    yield Sample(rule, (), with_media(good, role, found, name="a.pdf"), "all in a PDF")
    yield Sample(rule, ("unrecognised",), with_media(good, role, headings("前言", "后记")), "none recognised")
    old = {**headings(*names), **OLE}
    yield Sample(rule, (), with_media(good, role, old, name="a.doc"), "all in an old document")
    rest = headings(*names[1:])
    pictured = {**rest, "banners": 1}
    yield Sample(rule, ("unsure",), with_media(good, role, pictured), "a heading may be a picture")
    named = {
        **rest,
        "headings": [*rest["headings"], {"text": f"下面说一说本课的{names[0]}是怎样定的", "shape": "line"}],
    }
    yield Sample(rule, ("unsure",), with_media(good, role, named), "named in a sentence")
    filled = [(name, 30) for name in names]
    yield Sample(rule, (), with_media(good, role, parts(*filled)), "text below each")
    for below, cases in ((0, ("empty",)), (3, ("empty",)), (4, ())):
        hollow = parts((names[0], below), *filled[1:])
        yield Sample(rule, cases, with_media(good, role, hollow), f"{below} characters below the first")
    yield Sample(
        rule, ("empty",), with_media(good, role, parts(*filled[:-1], (names[-1], 0))), "nothing below the last"
    )
    again = parts((names[0], 0), *filled)
    yield Sample(rule, (), with_media(good, role, again), "the first named twice, as in a list of contents")
    empty = {**headings(), "text_chars": 0}
    yield Sample(rule, (), with_media(good, role, empty), "no text: another rule says so")


def _slides() -> Iterator[Sample]:
    good = complete()
    yield Sample("slides-open", (), good, "twelve slides")
    yield Sample("slides-open", ("empty",), with_media(good, "slides", {**PPTX, "slides": 0}), "no slide")
    yield Sample("slides-open", ("locked",), with_media(good, "slides", LOCKED), "locked")
    yield Sample("slides-open", (), with_media(good, "slides", OLD_DECK, name="课件.ppt"), "an old deck")
    no_slide = {**OLD_DECK, "slides": 0}
    yield Sample(
        "slides-open", ("empty",), with_media(good, "slides", no_slide, name="课件.ppt"), "an old deck of none"
    )
    yield Sample("slides-open", ("look",), with_media(good, "slides", PDF, name="课件.pdf"), "a PDF")
