"""Has a document its required sections? Headings come from the probe by shape; names and synonyms from the edition.

A missing section is a failure only when others of the same document were recognised: then its author writes
headings, and this one is not there. A document in which none is recognised needs a person, and so does a PDF in
which one is not found: its tables fall apart into lines.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from appliance.model import LessonFacts, Material
from appliance.rules.edition import Edition, Rule, Section
from appliance.rules.looking import called, measured
from appliance.rules.remark import Kind, Remark

_NUMBERING = re.compile(
    r"^(?:第?[一二三四五六七八九十百0-9]{1,3}(?:部分|板块|、|\.|．|\)|）|:|：|课时)|[(（\[【〔]?[一二三四五六七八九十0-9]{1,3}[)）\]】〕][、.]?|[◆●■▲★※◇○□▶•·*-]+)+"
)
_CIRCLED = re.compile(r"^\s*[①-⒇]+")
_EDGES = "【】[]〔〕()（）《》<>「」“”\"'*:：。.，,、;；-—_"
_STRONG = ("style", "number", "bold", "cell", "label")


def judge(rule: Rule, facts: LessonFacts, edition: Edition) -> Iterator[Remark]:
    for material, media in measured(rule, facts, "docx", "pdf"):
        wanted = edition.sections.get((facts.identity.category, material.role), ())
        if media.get("text_chars") and wanted:
            yield from _one(material, media, wanted, edition.role_name(material.role), rule.limits["longest"])


def _one(
    material: Material, media: Mapping[str, Any], wanted: Sequence[Section], role: str, longest: int
) -> Iterator[Remark]:
    headings = _headings(media, role, longest)
    missing = [section.name for section in wanted if not _found(section, headings)]
    names = "、".join(section.name for section in wanted)
    if len(missing) == len(wanted):
        fields = {"file": called(material), "sections": names}
        yield Remark("unrecognised", material.name, "一个也没认出", names, fields)
        return
    if missing and media["kind"] == "pdf":
        absent = "、".join(missing)
        yield Remark("unsure", material.name, f"没认出“{absent}”", names, {"file": called(material), "section": absent})
        return
    case = "cut" if media.get("cut") else "missing"
    for name in missing:
        fields = {"file": called(material), "section": name, "role": role}
        yield Remark(case, material.name, f"没有“{name}”", name, fields)


def plain(text: str) -> str:
    """A heading without numbering, spaces, brackets and colon: `（二） 教 学 目 标：` → `教学目标`"""
    text = _CIRCLED.sub("", text)  # before NFKC, which makes a bare 1 of ①
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    return _NUMBERING.sub("", text).strip(_EDGES)


def _headings(media: Mapping[str, Any], role: str, longest: int) -> list[tuple[str, bool]]:
    """(heading, strong) pairs. The title of the document (…学习任务单) is no heading of a section (学习任务)."""
    plains = [(plain(row["text"]), row["shape"] in _STRONG) for row in media.get("headings", ())]
    return [(text, strong) for text, strong in plains if 0 < len(text) <= longest and not text.endswith(role)]


def _found(section: Section, headings: Sequence[tuple[str, bool]]) -> bool:
    """A strong heading may hold the name among others (教学目标及重难点); a mere short line must be the name."""
    names = (section.name, *section.words)
    return any(text == name or (strong and _holds(text, name)) for text, strong in headings for name in names)


def _holds(text: str, name: str) -> bool:
    return text.startswith(name) or text.endswith(name) or name in re.split("[及与和、/]", text)


KIND = Kind(
    judge, ("longest",),
    {"missing": ("file", "section", "role"), "unsure": ("file", "section"), "cut": ("file", "section", "role"), "unrecognised": ("file", "sections")},
)  # fmt: skip
