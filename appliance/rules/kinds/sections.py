"""Has a document its required sections? Headings come from the probe by shape; names and synonyms from the edition.

A missing section is a failure only when it is plainly not there: others of the same document were recognised, so
its author writes headings, none of the section's words stands anywhere at the beginning of a line, and no heading may
hide in a picture. A document in which none is recognised needs a person, and so does a PDF in which one is not
found: its tables fall apart into lines. A section that is there and has nothing below it is told as advice.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True)
class _Heading:
    """`at`: where it begins on the way through the document; `None` when the probe did not say."""

    text: str
    strong: bool
    at: int | None
    length: int


def judge(rule: Rule, facts: LessonFacts, edition: Edition) -> Iterator[Remark]:
    for material, media in measured(rule, facts, "docx", "pdf", "ole"):
        wanted = edition.sections.get((facts.identity.category, material.role), ())
        if media.get("text_chars") and "headings" in media and wanted:
            yield from _one(material, media, wanted, edition.role_name(material.role), rule.limits)


def _one(
    material: Material, media: Mapping[str, Any], wanted: Sequence[Section], role: str, limits: Mapping[str, Any]
) -> Iterator[Remark]:
    headings = _headings(media, role, limits["longest"])
    found = {section.name: [one for one in headings if _is(section, one)] for section in wanted}
    missing = [section for section in wanted if not found[section.name]]
    names = "、".join(section.name for section in wanted)
    if len(missing) == len(wanted):
        fields = {"file": called(material), "sections": names}
        yield Remark("unrecognised", material.name, "一个也没认出", names, fields)
        return
    unsure = [section.name for section in missing if _may_be_there(section, media, role)]
    if unsure:
        absent = "、".join(unsure)
        yield Remark("unsure", material.name, f"没认出“{absent}”", names, {"file": called(material), "section": absent})
    case = "cut" if media.get("cut") else "missing"
    for section in missing:
        if section.name not in unsure:
            fields = {"file": called(material), "section": section.name, "role": role}
            yield Remark(case, material.name, f"没有“{section.name}”", section.name, fields)
    empty = "、".join(_empty(found, int(media.get("extent") or media["text_chars"]), limits["empty"]))
    if empty and not media.get("cut"):
        yield Remark(
            "empty", material.name, f"“{empty}”下面没有内容", "有内容", {"file": called(material), "section": empty}
        )


def _may_be_there(section: Section, media: Mapping[str, Any], role: str) -> bool:
    """A PDF's lines have no shape; a heading may be a picture; a line may name it without looking like a heading."""
    if media["kind"] == "pdf" or media.get("banners"):
        return True
    rows = (plain(str(row["text"])) for row in media["headings"])
    names = (section.name, *section.words)
    return any(name in text for text in rows if not text.endswith(role) for name in names)


def _empty(found: Mapping[str, Sequence[_Heading]], end: int, most: int) -> list[str]:
    """Sections below whose every heading at most `most` characters stand before the next section's."""
    borders = sorted({one.at for headings in found.values() for one in headings if one.at is not None} | {end})
    below = {
        name: [next((border for border in borders if border > one.at), end) - one.at - one.length
               for one in headings if one.at is not None]
        for name, headings in found.items()
    }  # fmt: skip
    return [name for name, counts in below.items() if counts and max(counts) <= most]


def plain(text: str) -> str:
    """A heading without numbering, spaces, brackets and colon: `（二） 教 学 目 标：` → `教学目标`"""
    text = _CIRCLED.sub("", text)  # before NFKC, which makes a bare 1 of ①
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    return _NUMBERING.sub("", text).strip(_EDGES)


def _headings(media: Mapping[str, Any], role: str, longest: int) -> list[_Heading]:
    """The title of the document (…学习任务单) is no heading of a section (学习任务)."""
    found = [
        _Heading(plain(row["text"]), row["shape"] in _STRONG, row.get("at"), len(re.sub(r"\s+", "", row["text"])))
        for row in media["headings"] if row["shape"] != "line"
    ]  # fmt: skip
    return [one for one in found if 0 < len(one.text) <= longest and not one.text.endswith(role)]


def _is(section: Section, heading: _Heading) -> bool:
    """A strong heading may hold the name among others (教学目标及重难点); a mere short line must be the name."""
    names = (section.name, *section.words)
    return any(heading.text == name or (heading.strong and _holds(heading.text, name)) for name in names)


def _holds(text: str, name: str) -> bool:
    return text.startswith(name) or text.endswith(name) or name in re.split("[及与和、/]", text)


KIND = Kind(
    judge, ("longest", "empty"),
    {"missing": ("file", "section", "role"), "unsure": ("file", "section"), "cut": ("file", "section", "role"),
     "unrecognised": ("file", "sections"), "empty": ("file", "section")},
)  # fmt: skip
